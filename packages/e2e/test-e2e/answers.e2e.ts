import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PROGRAMS, type Program } from '../src/proxies/programs.js';
import { runHere, type WrittenHere, writeHere } from './loopback.js';
import { listen, type Seen, seenIn, send } from './loopback-world.js';
import {
  createShowingServer,
  type StrictAuthelia,
  startStrictAuthelia,
} from './strict-authelia.js';

/** Those that ask by themselves and run anywhere: Apache asks through nginx, Traefik's port is in its own settings. */
const ASKING = PROGRAMS.filter((program) => program !== 'apache' && program !== 'traefik');

const PAGE = 'Accept: text/html,application/xhtml+xml,*/*;q=0.8';
const JOHN = 'Cookie: authelia_session=john';
const FORM = 'Content-Length: 0';

const request = (target: string, ...lines: string[]): string =>
  [`${target} HTTP/1.1`, 'Host: app.example.com', ...lines, 'Connection: close', '', ''].join(
    '\r\n',
  );

const valuesOf = (text: string, name: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^${name}: ?(.*)\r$`, 'gim'))].map(([, value = '']) => value);

describe.each(ASKING)('behind %s', (program) => {
  let authelia: StrictAuthelia;
  let app: Awaited<ReturnType<typeof listen>>;
  let written: WrittenHere;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    authelia = await startStrictAuthelia();
    app = await listen(createShowingServer());
    written = await writeHere(program, { app: app.url, auth: authelia.url, bypass: ['/public'] });
    stop = await runHere(written);
  });
  afterAll(async () => {
    await stop();
    written.remove();
    await authelia.close();
    await app.close();
  });

  const seen = async (text: string): Promise<Seen> => seenIn((await send(written.port, text)).text);
  const reached = async (name: string, ...lines: string[]): Promise<readonly string[]> =>
    (await seen(request('GET /', ...lines))).headers.flatMap(([header, value]) =>
      header === name ? [value] : [],
    );

  it('asks with what the endpoint reads, and names the URL once', async () => {
    const text = request(
      'POST /form?q=1',
      JOHN,
      PAGE,
      'Authorization: Bearer abc',
      'X-Requested-With: XMLHttpRequest',
      'User-Agent: test',
      'Referer: https://app.example.com/a',
      'Origin: https://app.example.com',
      'Accept-Language: en',
      'Cache-Control: no-cache',
      'Sec-Fetch-Mode: cors',
      'Content-Type: text/plain',
      'X-Authelia-URL: https://evil.example.com/',
      'X-Original-URL: https://app.example.com/public',
      'X-Forwarded-URI: /public',
      'Content-Length: 2',
    );
    expect((await send(written.port, `${text}ok`)).status).toBe(200);
    const question = authelia.questions.at(-1);
    const names = (question?.headers ?? [])
      .map(([name]) => name)
      // Where the question goes to, and what the program's own HTTP client adds.
      .filter((name) => !['host', 'accept-encoding', 'connection'].includes(name));
    expect(names.sort()).toEqual(ASKED_WITH[program]);
    const targets = question?.headers.filter(([, value]) => value.includes('/form?q=1')) ?? [];
    expect(targets).toHaveLength(1);
    expect(['GET', 'HEAD']).toContain(question?.method);
  });

  it('has room for a URL of 3 KB and cookies of 6 KB together', async () => {
    const path = `/search?q=${'u'.repeat(3_000)}`;
    const cookies = `${JOHN}; theme=${'c'.repeat(6_000)}`;
    expect((await seen(request(`GET ${path}`, cookies, PAGE))).body).toBe(path);
  });

  it.each<[who: string, target: string, lines: readonly string[], status: number]>([
    ['a page', 'GET /a?b=1&c=2', [PAGE], 302],
    ['a page of any type', 'GET /a', ['Accept: */*'], 302],
    ['HEAD', 'HEAD /a', [PAGE], 302],
    ['a form', 'POST /a', [PAGE, FORM], 303],
    ['PUT', 'PUT /a', [PAGE, FORM], 303],
    ['DELETE', 'DELETE /a', [PAGE], 303],
    ['OPTIONS', 'OPTIONS /a', [PAGE], 302],
    ['a preflight', 'OPTIONS /a', ['Origin: https://a.example', 'Accept: application/json'], 401],
    ['a program', 'GET /a', ['Accept: application/json'], 401],
    ['a program that posts', 'POST /a', ['Accept: application/json', FORM], 401],
    ['a script', 'GET /a', [PAGE, 'X-Requested-With: XMLHttpRequest'], 401],
    ['a script in small letters', 'GET /a', [PAGE, 'X-Requested-With: xmlhttprequest'], 401],
    ['any type, but last', 'GET /a', ['Accept: application/json, */*'], 401],
    ['TEXT/HTML, which Authelia does not know', 'GET /a', ['Accept: TEXT/HTML'], 401],
    ['who accepts nothing', 'GET /a', [], 401],
  ])('answers %s (%s) as Authelia does', async (_, target, lines, status) => {
    const answer = await send(written.port, request(target, ...lines));
    expect(answer.status).toBe(status);
    const [method = '', path = ''] = target.split(' ');
    const back = encodeURIComponent(`https://app.example.com${path}`);
    expect(valuesOf(answer.text, 'location')).toEqual([
      `https://auth.example.com/?rd=${back}&rm=${method}`,
    ]);
    expect(valuesOf(answer.text, 'www-authenticate')).toEqual([]);
  });

  it('lets wrong Basic credentials have their 401, how to try again, and no address', async () => {
    const wrong = `Authorization: Basic ${btoa('john:wrong')}`;
    const { status, text } = await send(written.port, request('GET /', PAGE, wrong));
    expect(status).toBe(401);
    expect(valuesOf(text, 'www-authenticate')).toEqual(['Basic realm="Authorization Required"']);
    expect(valuesOf(text, 'location')).toEqual([]);
  });

  it.each([
    ['the only one', 'authelia_session=john', []],
    ['first', 'authelia_session=john; a=1; b=2', ['a=1; b=2']],
    ['between', 'a=1; authelia_session=john; b=2', ['a=1; b=2']],
    ['last', 'a=1; authelia_session=john', ['a=1']],
    ['twice', 'authelia_session=john; a=1; authelia_session=old', ['a=1']],
    ['without spaces', 'a=1;authelia_session=john;b=2', ['a=1;b=2']],
    ['behind a tab', 'a=1;\tauthelia_session=old; authelia_session=john', ['a=1']],
    [
      'beside one that ends so',
      'my_authelia_session=1; authelia_session=john',
      ['my_authelia_session=1'],
    ],
    [
      'beside one that starts so',
      'authelia_session=john; authelia_session_id=1',
      ['authelia_session_id=1'],
    ],
  ])('keeps the session from the application where it is %s', async (_, cookie, expected) => {
    expect(await reached('cookie', `Cookie: ${cookie}`)).toEqual(expected);
  });

  it.each([
    ['in the first', 'authelia_session=john', 'a=1'],
    ['in the last', 'a=1', 'authelia_session=john'],
  ])(
    'keeps the other cookies where they are in several lines, the session %s',
    async (_, ...lines) => {
      const cookies = await reached('cookie', ...lines.map((line) => `Cookie: ${line}`));
      expect(cookies.filter((line) => line !== '')).toEqual(['a=1']);
    },
  );

  it('leaves no session where there are too many of them to count', async () => {
    const cookie = `Cookie: ${'authelia_session=john; '.repeat(12)}a=1`;
    expect(String(await reached('cookie', cookie))).not.toContain('authelia_session');
  });

  it('keeps passwords of Basic from the application, and nothing else', async () => {
    const right = `Authorization: Basic ${btoa('john:right')}`;
    expect(await reached('authorization', right)).toEqual([]);
    expect(await reached('authorization', right.replace('Basic', 'bAsIc'), JOHN)).toEqual([]);
    expect(await reached('authorization', right.replace('Basic ', 'Basic\t'), JOHN)).toEqual([]);
    expect(await reached('authorization', JOHN, 'Authorization: Bearer abc')).toEqual([
      'Bearer abc',
    ]);
  });

  it('hides the session on an open path too, where credentials are the application’s own', async () => {
    const own = `Basic ${btoa('app:own')}`;
    const { headers } = await seen(request('GET /public', JOHN, `Authorization: ${own}`));
    expect(headers.filter(([name]) => name === 'cookie' || name === 'authorization')).toEqual([
      ['authorization', own],
    ]);
  });

  it.each(['/page', '/public'])(
    'passes on nothing that a client says about itself to %s',
    async (path) => {
      const { headers } = await seen(
        request(`GET ${path}`, JOHN, ...CLAIMS.map((name) => `${name}: 6.6.6.6`)),
      );
      expect(headers.filter(([, value]) => value.includes('6.6.6.6'))).toEqual([]);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-real-ip': '127.0.0.1',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-host': 'app.example.com',
        'x-forwarded-proto': 'https',
      });
      expect(
        headers.filter(([name]) => /^x-(original|rewrite)|^x-forwarded-(ur|me)/.test(name)),
      ).toEqual([]);
    },
  );

  it.each([
    ['/', ['john']],
    ['/public', []],
  ])('passes on no user of another product to %s', async (path, users) => {
    const lines = USERS.map((name) => `${name}: evil`);
    const { headers } = await seen(request(`GET ${path}`, JOHN, ...lines));
    expect(headers.filter(([, value]) => value === 'evil')).toEqual([]);
    expect(headers.flatMap(([name, value]) => (name === 'remote-user' ? [value] : []))).toEqual(
      users,
    );
  });
});

describe.each(ASKING)('behind %s without Authelia', (program) => {
  it('says at once that nobody can be asked', async () => {
    const app = await listen(createShowingServer());
    const gone = await startStrictAuthelia();
    await gone.close();
    const written = await writeHere(program, { app: app.url, auth: gone.url });
    const stop = await runHere(written);
    const before = performance.now();
    const { status } = await send(written.port, request('GET /', PAGE, JOHN));
    const took = performance.now() - before;
    await stop();
    written.remove();
    await app.close();
    expect(status).toBe(STATUS_WITHOUT_AUTHELIA[program]);
    expect(took).toBeLessThan(1_000);
  });
});

/** Every header of a question, written out. Only what Authelia's endpoint for this proxy reads. */
const ALWAYS = [
  'accept',
  'authorization',
  'cookie',
  'user-agent',
  'x-forwarded-for',
  'x-requested-with',
];
const FORWARDED = [
  'x-forwarded-host',
  'x-forwarded-method',
  'x-forwarded-proto',
  'x-forwarded-uri',
];
const ASKED_WITH: Partial<Record<Program, readonly string[]>> = {
  nginx: [...ALWAYS, 'x-original-method', 'x-original-url'].sort(),
  caddy: [...ALWAYS, ...FORWARDED].sort(),
  'caddy-current': [...ALWAYS, ...FORWARDED].sort(),
  haproxy: [...ALWAYS, ...FORWARDED].sort(),
};

const STATUS_WITHOUT_AUTHELIA: Partial<Record<Program, number>> = {
  nginx: 500,
  caddy: 502,
  'caddy-current': 502,
  haproxy: 503,
};

const CLAIMS = [
  'X-Original-URL',
  'X-Original-URI',
  'X-Original-Method',
  'X-Original-Host',
  'X-Original-For',
  'X-Original-Path',
  'X-Original-Prefix',
  'X-Original-Proto',
  'X-Original-Remote-Addr',
  'X-Rewrite-URL',
  'X-Rewrite-URI',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Method',
  'X-Forwarded-URI',
  'X-Forwarded-Prefix',
  'X-Forwarded-Port',
  'X-Forwarded-Server',
  'X-Forwarded-Protocol',
  'X-Forwarded-Path',
  'X-Forwarded-By',
  'X-Forwarded-Client-Cert',
  'Client-Cert',
  'Client-Cert-Chain',
  'X-Forwarded',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
  'X-Real-IP',
  'Forwarded',
] as const;

const USERS = [
  'X-authentik-username',
  'X-MS-CLIENT-PRINCIPAL-NAME',
  'X-Token-Subject',
  'X-Auth-Username',
  'X-Remote-User',
  'L5d-Client-Id',
  'X-Forwarded-User',
  'X-Auth-Request-User',
  'X-Pomerium-Claim-User',
  'X-Sandstorm-User-Id',
  'Tailscale-User-Login',
  'X-Vouch-User',
] as const;
