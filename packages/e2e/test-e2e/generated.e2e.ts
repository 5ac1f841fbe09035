import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proxyConfig } from '@trusted-header/cli';
import { check, type Program } from '../src/proxies/programs.js';
import { selfSigned } from '../src/proxies/self-signed.js';
import { runHere, type WrittenHere, writeHere } from './loopback.js';
import { type Seen, seenIn, send, sendHttp2, startWorld, type World } from './loopback-world.js';

const PROGRAMS: Program[] = ['nginx', 'caddy', 'haproxy', 'apache'];
const ASKING: Program[] = ['nginx', 'caddy', 'haproxy'];
const PROFILES = ['authelia', 'authentik', 'oauth2-proxy'] as const;

describe.each(PROGRAMS)('%s', (program) => {
  it.each(PROFILES)('finds no fault in the configuration for %s', async (profile) => {
    const written = await writeHere(program, {
      app: 'http://127.0.0.1:3000',
      auth: 'http://127.0.0.1:9091',
      profile,
      portal: 'https://auth.example.com',
      bypass: ['/public', '/a/b'],
      proxyAddress: '172.20.0.2',
    });
    const result = check(written);
    written.remove();
    expect(result).toEqual({ ok: true, output: expect.any(String) });
  });

  it('finds no fault in the configuration with TLS', async () => {
    const tls = selfSigned('app.example.com');
    const written = await writeHere(program, {
      app: 'http://127.0.0.1:3000',
      auth: 'http://127.0.0.1:9091',
      tls,
    });
    const result = check(written);
    written.remove();
    tls.remove();
    expect(result).toEqual({ ok: true, output: expect.any(String) });
  });

  it('finds the fault in a configuration with one', async () => {
    const written = await writeHere(
      program,
      { app: 'http://127.0.0.1:3000', auth: 'http://127.0.0.1:9091' },
      (text) => `${text}\nno_such_directive {\n`,
    );
    const result = check(written);
    written.remove();
    expect(result.ok).toBe(false);
  });
});

/** nginx is inside of these; what their programs put around it is stood in for. */
describe.each([
  ['nginx-proxy-manager', (text: string) => `server {\nlisten 127.0.0.1:8080;\n${text}\n}`],
  [
    'swag',
    (text: string) =>
      text
        .replace(/listen (\[::\]:)?443 ssl;/g, 'listen 127.0.0.1:8080;')
        .replace(/include .*ssl\.conf;/, ''),
  ],
] as const)('the nginx inside %s', (name, wrap) => {
  it('finds no fault in the configuration', async () => {
    const settings = { app: 'http://127.0.0.1:3000', auth: 'http://127.0.0.1:9091' };
    const { text } = proxyConfig(name, { ...settings, domain: 'app.example.com' });
    const written = await writeHere(
      'nginx',
      settings,
      () =>
        `events {}\nhttp {\n${wrap(text).replaceAll(/listen 127.0.0.1:8080;\n\s*listen 127/g, 'listen 127')}\n}`,
    );
    const result = check(written);
    written.remove();
    expect(result).toEqual({ ok: true, output: expect.any(String) });
  });
});

const PAGE = 'Accept: text/html';
const request = (path: string, ...lines: string[]): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: app.example.com',
    ...lines,
    ...(lines.some((line) => line.startsWith('Connection')) ? [] : ['Connection: close']),
    '',
    '',
  ].join('\r\n');

/** What of it is about a user, in any spelling. */
const identity = ({ headers }: Seen): string[] =>
  headers
    .filter(([name]) => /^remote[-_.]/.test(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort();

const JOHN = [
  'remote-email: john@example.com',
  'remote-groups: admin,dev',
  'remote-name: Jürgen',
  'remote-user: john',
];

describe.each(ASKING)('behind %s', (program) => {
  let world: World;
  let written: WrittenHere;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    world = await startWorld();
    written = await writeHere(program, { app: world.app, auth: world.auth, bypass: ['/public'] });
    stop = await runHere(written);
  });
  afterAll(async () => {
    await stop();
    written.remove();
    await world.close();
  });

  const seen = async (text: string): Promise<Seen> => seenIn((await send(written.port, text)).text);

  it('passes on exactly the user whom the authorization server named', async () => {
    expect(identity(await seen(request('/', 'Cookie: as=john')))).toEqual(JOHN);
  });

  it('replaces what the client says about itself', async () => {
    const text = request(
      '/',
      'Cookie: as=john',
      'Remote-User: evil',
      'remote-user: evil2',
      'Remote-Groups: root',
    );
    expect(identity(await seen(text))).toEqual(JOHN);
  });

  it('does not bring a client’s header back where the answer is empty', async () => {
    const text = request(
      '/',
      'Cookie: as=empty',
      'Remote-Email: evil@example.com',
      'Remote-Groups: root',
    );
    const lines = identity(await seen(text)).filter((line) => !/: $/.test(line));
    expect(lines).toEqual(['remote-user: john']);
  });

  it('deletes a client’s headers where the answer names nobody', async () => {
    const text = request(
      '/',
      'Cookie: as=nobody',
      'Remote-User: evil',
      'Remote-Groups: root',
      'Remote-Name: E',
    );
    expect(identity(await seen(text))).toEqual([]);
  });

  it('deletes other spellings', async () => {
    const text = request(
      '/',
      'Cookie: as=john',
      'Remote_User: evil',
      'REMOTE.USER: evil',
      'Remote.Groups: root',
    );
    expect(identity(await seen(text))).toEqual(JOHN);
  });

  it.each(['/public', '/public/page'])(
    'deletes them on %s, which needs no sign-in',
    async (path) => {
      const text = request(path, 'Remote-User: evil', 'Remote_User: evil', 'Remote.User: evil');
      expect(identity(await seen(text))).toEqual([]);
    },
  );

  it('takes no order about headers from Connection', async () => {
    const text = request(
      '/',
      'Cookie: as=john',
      'Connection: close, Remote-User, X-Forwarded-Proto',
    );
    const { headers } = await seen(text);
    expect(identity({ headers, body: '' })).toEqual(JOHN);
    expect(headers).toContainEqual(['x-forwarded-proto', 'https']);
    expect(
      headers.filter(([name, value]) => name === 'connection' && /remote/i.test(value)),
    ).toEqual([]);
  });

  it('sets the forwarded headers itself', async () => {
    const text = request(
      '/',
      'Cookie: as=john',
      'X-Forwarded-For: 6.6.6.6',
      'X-Forwarded-Proto: http',
      'X-Forwarded-Host: evil.example',
    );
    const { headers } = await seen(text);
    const values = Object.fromEntries(headers);
    expect(values).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'app.example.com',
    });
  });

  it('passes a WebSocket on, with its user', async () => {
    const text = request(
      '/ws',
      'Cookie: as=john',
      'Connection: keep-alive, Upgrade, Remote-User',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Remote-User: evil',
    );
    const answer = await send(written.port, text);
    expect(answer.status).toBe(101);
    expect(identity(seenIn(answer.text))).toEqual(JOHN);
  });

  it('passes a chunked body on', async () => {
    const head = request('/', 'Cookie: as=john', 'Transfer-Encoding: chunked').replace(
      'GET',
      'POST',
    );
    expect((await seen(`${head}5\r\nhello\r\n0\r\n\r\n`)).body).toBe('hello');
  });

  it('sends somebody who is not signed in to the sign-in page', async () => {
    const { status, text } = await send(
      written.port,
      request('/private', PAGE, 'Remote-User: evil'),
    );
    expect(status).toBe(302);
    expect(text).toMatch(/location: https:\/\/auth\.example\.com\/\?rd=\S*\/private/i);
  });

  it('refuses whom the authorization server refuses', async () => {
    expect((await send(written.port, request('/', 'Cookie: as=banned'))).status).toBe(403);
  });

  it.each([
    '/public/../private',
    '/public/%2e%2E/private',
    '/public/..%2fprivate',
    '/public/..',
    '/public/a/../../private',
    '/publicity',
  ])('does not take %s for an open path', async (path) => {
    const { status } = await send(written.port, request(path, PAGE, 'Remote-User: evil'));
    expect([302, 400]).toContain(status);
  });
});

describe.each(ASKING)('behind %s with oauth2-proxy', (program) => {
  let world: World;
  let written: WrittenHere;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    world = await startWorld();
    written = await writeHere(program, {
      app: world.app,
      auth: world.auth,
      profile: 'oauth2-proxy',
    });
    stop = await runHere(written);
  });
  afterAll(async () => {
    await stop();
    written.remove();
    await world.close();
  });

  const EVIL = [
    'X-Auth-Request-User: evil',
    'X-Auth_Request-Groups: root',
    'X-Forwarded-User: evil',
    'X-Auth-Request-Groups: root',
  ];
  const claims = ({ headers }: Seen): string[] =>
    headers
      .filter(([name]) => /^x[-_.](auth[-_.]request|forwarded[-_.](user|groups|email))/.test(name))
      .map(([name, value]) => `${name}: ${value}`);

  it('passes on exactly the user whom it named', async () => {
    const { text } = await send(written.port, request('/', 'Cookie: as=john', ...EVIL));
    expect(claims(seenIn(text))).toEqual(['x-auth-request-user: john']);
  });

  it('lets everybody reach its own pages, without a user', async () => {
    const { status, text } = await send(written.port, request('/oauth2/start?rd=/', ...EVIL));
    expect(status).toBe(200);
    expect(seenIn(text).body).toBe('/oauth2/start?rd=/');
    expect(claims(seenIn(text))).toEqual([]);
  });
});

describe.each(PROGRAMS)('behind %s with TLS', (program) => {
  it('does the same for HTTP/2', async () => {
    const world = await startWorld();
    const tls = selfSigned('app.example.com');
    const written = await writeHere(program, { app: world.app, auth: world.auth, tls });
    const stop = await runHere(written);
    const text = await sendHttp2(written.port, {
      ':path': '/',
      cookie: 'as=john',
      'remote-user': 'evil',
      remote_groups: 'root',
      'remote.groups': 'root',
      'x-forwarded-proto': 'http',
    });
    await stop();
    written.remove();
    tls.remove();
    await world.close();
    const seen = seenIn(text);
    expect(identity(seen)).toEqual(program === 'apache' ? [] : JOHN);
    expect(Object.fromEntries(seen.headers)).toMatchObject({
      host: `app.example.com:${written.port}`,
      'x-forwarded-proto': 'https',
    });
  });
});

describe('behind apache, which asks nobody', () => {
  let world: World;
  let written: WrittenHere;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    world = await startWorld();
    written = await writeHere('apache', { app: world.app, auth: world.auth });
    stop = await runHere(written);
  });
  afterAll(async () => {
    await stop();
    written.remove();
    await world.close();
  });

  it('deletes a client’s headers in every spelling, and sets the forwarded ones', async () => {
    const text = request(
      '/',
      'Remote-User: evil',
      'Remote_Groups: evil',
      'Remote.Name: evil',
      'X-Forwarded-For: 6.6.6.6',
      'Connection: close, X-Forwarded-Proto',
    );
    const seen = seenIn((await send(written.port, text)).text);
    expect(identity(seen)).toEqual([]);
    expect(Object.fromEntries(seen.headers)).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    });
  });

  it('passes a WebSocket on', async () => {
    const text = request(
      '/ws',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    );
    expect((await send(written.port, text)).status).toBe(101);
  });
});

/** Proves that the cases above can fail: one line less, and the attack succeeds. */
describe('without the lines that delete', () => {
  it.each([
    ['caddy', '/public', /^\s*request_header -Remote.*\n/gm],
    ['haproxy', '/', /^ {4}(http-request del-header \^remote|option http-restrict).*\n/gm],
    ['nginx', '/', /^\s*proxy_set_header Remote-User \$.*\n/gm],
  ] as const)('%s lets a client name a user', async (program, path, lines) => {
    const world = await startWorld();
    const written = await writeHere(
      program,
      { app: world.app, auth: world.auth, bypass: ['/public'] },
      (text) => text.replace(lines, ''),
    );
    const stop = await runHere(written);
    const answer = await send(
      written.port,
      request(path, 'Cookie: as=nobody', 'Remote-User: evil'),
    );
    await stop();
    written.remove();
    await world.close();
    expect(identity(seenIn(answer.text))).toEqual(['remote-user: evil']);
  });
});
