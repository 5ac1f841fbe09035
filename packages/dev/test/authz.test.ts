import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningDev, startDev } from '../src/index.js';
import { ask, sendRaw, signIn } from './client.js';

let dev: RunningDev;
let port: string;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  dev = await startDev({
    users: [
      {
        user: 'zoë',
        groups: ['admin', 'Domain Users'],
        name: 'Zoë Müller',
        email: 'zoe@example.com',
      },
      { user: 'guest' },
      { user: 'outsider', groups: ['none'] },
    ],
    upstreams: [{ target: 'http://127.0.0.1:1', port: 0 }],
    portalPort: 0,
    bypass: ['/public'],
    groups: ['admin'],
  });
  ({ port } = new URL(dev.portalUrl));
  for (const user of ['zoë', 'guest', 'outsider'])
    cookies[user] = await signIn(dev.portalUrl, { pick: user });
});
afterAll(() => dev.close());

const forwarded = (uri = '/x?a=1&b=2', method = 'GET'): Record<string, string> => ({
  'x-forwarded-method': method,
  'x-forwarded-proto': 'http',
  'x-forwarded-host': 'app.localhost:8443',
  'x-forwarded-uri': uri,
  accept: 'text/html',
});
const original = (path = '/x?a=1&b=2', method = 'GET'): Record<string, string> => ({
  'x-original-method': method,
  'x-original-url': `http://app.localhost:8443${path}`,
});
const location = (method = 'GET'): string =>
  `http://app.localhost:PORT/?rd=http%3A%2F%2Fapp.localhost%3A8443%2Fx%3Fa%3D1%26b%3D2&rm=${method}`;

const FORWARD = '/api/authz/forward-auth';
const ORIGINAL = '/api/authz/auth-request';

describe('the authz endpoints, as Authelia’s', () => {
  it.each([
    // endpoint, headers, status, location, why
    [FORWARD, forwarded(), 302, location(), 'a browser'],
    [FORWARD, forwarded(undefined, 'HEAD'), 302, location('HEAD'), 'HEAD'],
    [FORWARD, forwarded(undefined, 'OPTIONS'), 302, location('OPTIONS'), 'OPTIONS'],
    [FORWARD, forwarded(undefined, 'POST'), 303, location('POST'), 'another method'],
    [FORWARD, { ...forwarded(), accept: '*/*' }, 302, location(), 'a wildcard that comes first'],
    [
      FORWARD,
      { ...forwarded(), accept: 'application/json, */*' },
      401,
      location(),
      'a wildcard that does not',
    ],
    [
      FORWARD,
      { ...forwarded(), accept: 'application/json' },
      401,
      location(),
      'no HTML, and still a Location',
    ],
    [
      FORWARD,
      { ...forwarded(), 'x-requested-with': 'XMLHttpRequest' },
      401,
      location(),
      'a script',
    ],
    [FORWARD, { ...forwarded(), 'x-forwarded-method': '' }, 400, undefined, 'no method'],
    [FORWARD, { ...forwarded(), 'x-forwarded-method': 'get' }, 400, undefined, 'not all A to Z'],
    [
      FORWARD,
      { ...forwarded(), 'x-forwarded-host': 'app.example.com' },
      400,
      undefined,
      'not this machine',
    ],
    [
      FORWARD,
      { ...forwarded(), 'x-forwarded-host': 'localhost@evil.example' },
      400,
      undefined,
      'user info that looks like a host',
    ],
    [
      FORWARD,
      { ...forwarded(), 'x-forwarded-uri': '@evil.example/' },
      400,
      undefined,
      'a URI that moves the host',
    ],
    [FORWARD, { ...forwarded(), 'x-forwarded-proto': 'ftp' }, 400, undefined, 'another scheme'],
    [FORWARD, {}, 400, undefined, 'no metadata'],
    [
      `${FORWARD}?authelia_url=http://localhost:1/`,
      forwarded(),
      302,
      location().replace(/^http:\/\/[^/]*/, 'http://localhost:1'),
      'a portal of the proxy’s choice',
    ],
    [
      `${FORWARD}?authelia_url=https://evil.example/`,
      forwarded(),
      400,
      undefined,
      'a portal elsewhere',
    ],
    [ORIGINAL, original(), 401, location(), 'nginx makes the redirect itself'],
    [
      ORIGINAL,
      { ...original(undefined, 'POST'), accept: 'text/html' },
      401,
      location('POST'),
      'whatever it asks for',
    ],
    [ORIGINAL, { 'x-original-url': 'http://app.localhost/' }, 400, undefined, 'no method'],
    [ORIGINAL, { 'x-original-method': 'GET' }, 400, undefined, 'no URL'],
    [
      ORIGINAL,
      { 'x-original-method': 'GET', 'x-original-url': '/x' },
      400,
      undefined,
      'a relative URL',
    ],
    [ORIGINAL, forwarded(), 400, undefined, 'the other endpoint’s metadata'],
  ])('%s %j, nobody signed in: %d %s (%s)', async (path, headers, status, to, _why) => {
    const answer = await ask(dev.portalUrl, { path, headers });
    const at = answer.headers['location']?.replace(`:${port}/`, ':PORT/');
    expect([answer.status, at]).toEqual([status, to]);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('remote-'))).toEqual([]);
  });

  it('links to the portal in the body, and has none for HEAD', async () => {
    expect((await ask(dev.portalUrl, { path: FORWARD, headers: forwarded() })).body).toBe(
      `<a href="${location().replace('&rm', '&amp;rm').replace('PORT', port)}">302 Found</a>`,
    );
    expect(
      (await ask(dev.portalUrl, { path: FORWARD, headers: forwarded(undefined, 'HEAD') })).body,
    ).toBe('');
  });

  it.each([
    [FORWARD, forwarded()],
    [ORIGINAL, original()],
  ])(
    '%s names the user with all four headers, in raw UTF-8, and sets no cookie',
    async (path, headers) => {
      const lines = Object.entries({
        Host: `127.0.0.1:${port}`,
        Connection: 'close',
        Cookie: cookies['zoë'],
        ...headers,
      }).map(([name, value]) => `${name}: ${value}\r\n`);
      const raw = await sendRaw(dev.portalUrl, `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
      expect(raw).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(
        raw
          .match(/^remote-.*$/gim)
          ?.sort()
          .reverse(),
      ).toEqual([
        'remote-user: zo\xc3\xab',
        'remote-name: Zo\xc3\xab M\xc3\xbcller',
        'remote-groups: admin,Domain Users',
        'remote-email: zoe@example.com',
      ]);
      expect(raw).not.toMatch(/set-cookie/i);
      expect(raw).toMatch(/content-type: text\/plain/i);
      expect(raw).toContain('200 OK');
    },
  );

  it.each([FORWARD, ORIGINAL])('%s sends what there is not as empty values', async (path) => {
    const headers = path === FORWARD ? forwarded('/public/x') : original('/public/x');
    const { status, headers: got } = await ask(dev.portalUrl, {
      path,
      headers: { ...headers, cookie: cookies['guest'] ?? '' },
    });
    expect([
      status,
      got['remote-user'],
      got['remote-groups'],
      got['remote-name'],
      got['remote-email'],
    ]).toEqual([200, 'guest', '', '', '']);
  });

  it.each([
    ['/public', 200],
    ['/public/', 200],
    ['/public/x?y', 200],
    ['/publicity', 302],
    ['/', 302],
    ['/public/..%2fadmin', 302],
    ['/public/%2e%2e/admin', 302],
    ['/public/../admin', 302],
  ])('bypass of /public: %s is %d, without headers', async (uri, status) => {
    const answer = await ask(dev.portalUrl, { path: FORWARD, headers: forwarded(uri) });
    expect(answer.status).toBe(status);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('remote-'))).toEqual([]);
  });

  it('forbids users without any of the groups', async () => {
    for (const [path, headers] of [
      [FORWARD, forwarded()],
      [ORIGINAL, original()],
    ] as const) {
      expect(
        (
          await ask(dev.portalUrl, {
            path,
            headers: { ...headers, cookie: cookies['outsider'] ?? '' },
          })
        ).status,
      ).toBe(403);
    }
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('does not route %s', async (method) => {
    expect((await ask(dev.portalUrl, { path: FORWARD, method, headers: forwarded() })).status).toBe(
      405,
    );
  });

  it('routes HEAD', async () => {
    expect(
      (await ask(dev.portalUrl, { path: FORWARD, method: 'HEAD', headers: forwarded() })).status,
    ).toBe(302);
  });
});
