import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningDev, startDev } from '../src/index.js';
import { createSessions } from '../src/session/create-sessions.js';
import { ask, cookieOf, post, sendRaw, signIn } from './client.js';
import { type EchoApp, startEchoApp, valuesOf } from './echo-app.js';

let app: EchoApp;
let dev: RunningDev;
let gateway: string;

beforeAll(async () => {
  app = await startEchoApp();
  dev = await startDev({
    users: [
      { user: 'john', groups: ['dev'], name: '<b>John</b>' },
      { user: 'ops', password: 'secret' },
    ],
    upstreams: [{ target: app.url, port: 0 }],
    portalPort: 0,
  });
  gateway = dev.gateways[0]?.url ?? '';
});
afterAll(async () => {
  await dev.close();
  await app.close();
});

/** Who the application sees behind the gateway. */
async function seenAs(cookie: string): Promise<string | number> {
  const { status } = await ask(gateway, { headers: { cookie, accept: 'application/json' } });
  const last = app.received.at(-1);
  return status === 200 && last ? (valuesOf(last, 'remote-user')[0] ?? 'nobody') : status;
}

describe('signing in', () => {
  it('shows the listed users, escaped, and loads nothing', async () => {
    const { status, body, headers } = await ask(dev.portalUrl);
    expect(status).toBe(200);
    expect(body).toContain('value="john"');
    expect(body).toContain('&lt;b&gt;John&lt;/b&gt;');
    expect(body).not.toMatch(/<script|src=|url\(/);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('picks a listed user, and goes where the visitor came from', async () => {
    const { status, headers } = await post(dev.portalUrl, '/', {
      pick: 'john',
      rd: `${gateway}/x?y=1`,
    });
    expect([status, headers['location']]).toEqual([303, `${gateway}/x?y=1`]);
    expect(headers['set-cookie']).toMatch(/; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await seenAs(cookieOf(headers['set-cookie']))).toBe('john');
  });

  it('takes any user that is typed', async () => {
    const cookie = await signIn(dev.portalUrl, {
      user: ' jane ',
      groups: 'a, b,,',
      name: 'Jane',
      email: 'jane@example.com',
    });
    expect(await seenAs(cookie)).toBe('jane');
    const last = app.received.at(-1);
    expect(last && valuesOf(last, 'remote-groups')).toEqual(['a,b']);
  });

  it.each([
    [{ user: '' }, 'user: it is empty'],
    [{ user: 'a,b' }, 'user: no application would accept it (header-malformed)'],
    [{ user: 'a\nb' }, 'user: no application would accept it (header-malformed)'],
    [{ user: '(null)' }, 'user: no application would accept it (header-malformed)'],
    [{ user: 'jane', email: 'x' }, 'email: no application would accept it (email-dropped)'],
    [{ user: 'jane', name: 'a\x01b' }, 'name: no application would accept it (name-dropped)'],
    [
      { user: 'jane', groups: 'a\u200bb' },
      'groups: no application would accept it (group-dropped)',
    ],
    [{ user: '"><script>', email: 'x' }, 'email:'],
    [{ pick: 'nobody' }, 'user: it is empty'],
  ])('refuses %j on the page, and keeps what was typed', async (fields, says) => {
    const { status, body, headers } = await post(dev.portalUrl, '/', { ...fields });
    expect(status).toBe(422);
    expect(body).toContain(says);
    expect(body).not.toContain('<script>');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['https://evil.example/', '/'],
    ['//evil.example/', '/'],
    ['http://localhost@evil.example/', '/'],
    ['http://localhost.evil.example/', '/'],
    ['http://127.0.0.1.evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['http://user:pass@localhost/', '/'],
    ['/x', '/'],
    ['', '/'],
  ])('sends nobody to %j: no open redirect', async (rd, to) => {
    expect((await post(dev.portalUrl, '/', { pick: 'john', rd })).headers['location']).toBe(to);
    const shown = await ask(dev.portalUrl, { path: `/?${new URLSearchParams({ rd })}` });
    expect(shown.body).not.toMatch(/evil|javascript/);
  });

  it.each([
    [{ origin: 'http://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }],
  ])('refuses a post from another site (%j)', async (headers) => {
    expect((await post(dev.portalUrl, '/', { pick: 'john' }, headers)).status).toBe(403);
    expect((await post(dev.portalUrl, '/logout', {}, headers)).status).toBe(403);
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1'])(
    'answers under no other name (%j): no DNS rebinding',
    async (host) => {
      expect((await ask(dev.portalUrl, { headers: { host } })).status).toBe(421);
      expect((await ask(gateway, { headers: { host } })).status).toBe(421);
    },
  );

  it('answers nobody who names no host, or one with a user', async () => {
    for (const line of ['', 'Host:\r\n', 'Host: localhost@evil.example\r\n']) {
      for (const url of [dev.portalUrl, gateway]) {
        expect(await sendRaw(url, `GET / HTTP/1.0\r\n${line}\r\n`)).toMatch(
          /^HTTP\/1\.1 4(?:00|21) /,
        );
      }
    }
  });

  it.each(['LOCALHOST:80', 'app.localhost', '127.0.0.1', '[::1]:9091', 'localhost.'])(
    'answers as %s',
    async (host) => {
      expect((await ask(dev.portalUrl, { headers: { host } })).status).toBe(200);
    },
  );
});

describe('POST /api/firstfactor', () => {
  const signInAs = (body: unknown): ReturnType<typeof ask> =>
    ask(dev.portalUrl, {
      method: 'POST',
      path: '/api/firstfactor',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it('signs in with a password, as Authelia’s page does, and keeps the password out of the cookie', async () => {
    const { status, headers, body } = await signInAs({
      username: 'ops',
      password: 'secret',
      targetURL: `${gateway}/x?y=1`,
    });
    expect([status, JSON.parse(body)]).toEqual([
      200,
      { status: 'OK', data: { redirect: `${gateway}/x?y=1` } },
    ]);
    const cookie = cookieOf(headers['set-cookie']);
    expect(await seenAs(cookie)).toBe('ops');
    const payload = decodeURIComponent(cookie).split(/[=.]/)[1] ?? '';
    expect(Buffer.from(payload, 'base64url').toString()).not.toContain('secret');
  });

  it.each([
    [{ username: 'ops', password: 'wrong' }],
    [{ username: 'john', password: '' }],
    [{ username: 'john' }],
    [{ username: 'nobody', password: 'secret' }],
    [{ username: ['ops'], password: ['secret'] }],
    [null],
    [7],
  ])('refuses %j', async (body) => {
    const answer = await signInAs(body);
    expect([answer.status, JSON.parse(answer.body), answer.headers['set-cookie']]).toEqual([
      401,
      { status: 'KO', message: 'Authentication failed. Check your credentials.' },
      undefined,
    ]);
  });

  it('sends nobody elsewhere', async () => {
    const targetURL = 'https://evil.example/';
    const { body } = await signInAs({ username: 'ops', password: 'secret', targetURL });
    expect(JSON.parse(body)).toEqual({ status: 'OK' });
  });
});

describe('signing out', () => {
  it('asks first, then forgets the user', async () => {
    const cookie = await signIn(dev.portalUrl, { pick: 'john' });
    const shown = await ask(dev.portalUrl, { path: `/logout?rd=${gateway}/`, headers: { cookie } });
    expect(shown.body).toContain('<form method="post" action="/logout">');
    expect(shown.headers['set-cookie']).toBeUndefined();
    const { status, headers } = await post(
      dev.portalUrl,
      '/logout',
      { rd: `${gateway}/` },
      { cookie },
    );
    expect([status, headers['location']]).toEqual([303, `${gateway}/`]);
    expect(headers['set-cookie']).toContain('trusted_header_dev_session=; Max-Age=0');
    expect(
      (await post(dev.portalUrl, '/logout', { rd: 'https://evil.example' }, { cookie })).headers[
        'location'
      ],
    ).toBe('/logout');
    expect((await ask(dev.portalUrl, { path: '/logout' })).body).toContain('Nobody is signed in');
  });

  it.each([
    ['{"targetURL":"http://localhost:1/"}', true],
    ['{"targetURL":"https://evil.example/"}', false],
    ['{"targetURL":7}', false],
    ['[]', false],
    ['null', false],
    ['not json', false],
  ])('answers POST /api/logout %s as Authelia does', async (body, safeTargetURL) => {
    const answer = await ask(dev.portalUrl, {
      method: 'POST',
      path: '/api/logout',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(answer.body)).toEqual({ status: 'OK', data: { safeTargetURL } });
    expect(answer.headers['set-cookie']).toContain('Max-Age=0');
  });
});

describe('the session cookie', () => {
  it('is refused when it was tampered with, signed by another process, or cut', async () => {
    const cookie = await signIn(dev.portalUrl, { pick: 'john' });
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    const [payload = '', signature = ''] = decodeURIComponent(value).split('.');
    const forged = Buffer.from(
      JSON.stringify({ user: { user: 'root' }, expiresAt: 9e15 }),
    ).toString('base64url');
    const other = cookieOf(await createSessions().start({ user: 'john' }));
    for (const bad of [
      `${name}=${encodeURIComponent(`${forged}.${signature}`)}`,
      `${name}=${payload}`,
      `${name}=`,
      `${name}=${forged}`,
      other,
    ]) {
      expect(await seenAs(bad)).toBe(401);
    }
    expect(await seenAs(cookie)).toBe('john');
  });

  it('expires, whatever the browser thinks', async () => {
    let time = 1_000_000;
    const sessions = createSessions(() => time);
    const cookie = cookieOf(await sessions.start({ user: 'john' }));
    expect(await sessions.read(cookie)).toEqual({ user: 'john' });
    time += 12 * 60 * 60 * 1000 - 1;
    expect(await sessions.read(cookie)).toEqual({ user: 'john' });
    time += 1;
    expect(await sessions.read(cookie)).toBeUndefined();
  });
});
