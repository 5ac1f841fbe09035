import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningDev, startDev } from '../src/index.js';
import { type Answer, ask, sendRaw, signIn } from './client.js';
import * as access from './questions/access.js';
import * as answers from './questions/answers.js';
import {
  basic,
  FORWARD,
  forwarded,
  LEGACY,
  ORIGINAL,
  original,
  type Row,
  RULES,
} from './questions/question.js';

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
      { user: 'ops', groups: ['admin'], password: 'secret' },
    ],
    upstreams: [{ target: 'http://127.0.0.1:1', port: 0 }],
    portalPort: 0,
    ...RULES,
  });
  ({ port } = new URL(dev.portalUrl));
  for (const user of ['zoë', 'guest', 'outsider'])
    cookies[user] = await signIn(dev.portalUrl, { pick: user });
});
afterAll(() => dev.close());

const put = ({ ask: { headers = {}, ...rest }, as }: Row): Promise<Answer> =>
  ask(dev.portalUrl, {
    ...rest,
    headers: { ...headers, ...(as && { cookie: cookies[as] ?? '' }) },
  });

const SESSION =
  /^trusted_header_dev_session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/;

describe('the authz endpoints, as Authelia’s', () => {
  describe.each([
    ['how a visitor is told', answers.REDIRECTS],
    ['the address to come back to', answers.ADDRESSES],
    ['bad questions', answers.BAD_QUESTIONS],
    ['methods', answers.METHODS],
    ['access', access.ACCESS],
    ['credentials', access.CREDENTIALS],
    ['ext-authz', access.EXT_AUTHZ],
    ['/api/verify', access.VERIFY],
  ])('%s', (_title, rows) => {
    it.concurrent.each(rows.map((row) => [row.ask.path, row.status, row.why, row] as const))(
      '%s: %d, %s',
      async (_path, status, _why, row) => {
        const { headers, body, ...answer } = await put(row);
        const to = headers['location']?.replace(`http://app.localhost:${port}/?`, '?');
        const type = answer.status === status && body === '' ? row.type : headers['content-type'];
        expect([answer.status, to, type]).toEqual([status, row.to, row.type]);
        expect([headers['allow'], headers['www-authenticate']]).toEqual([row.allow, row.challenge]);
        const user = headers['remote-user'];
        expect(user && Buffer.from(user, 'latin1').toString()).toBe(row.user);
        if (row.user === undefined)
          expect(Object.keys(headers).filter((name) => name.startsWith('remote-'))).toEqual([]);
        if (row.to === undefined) expect(headers['set-cookie']).toBeUndefined();
        else expect(headers['set-cookie']).toMatch(SESSION);
      },
    );
  });

  it('takes a portal of the proxy’s choice', async () => {
    const at = { headers: forwarded('/') };
    const to = async (path: string): Promise<string | undefined> =>
      (await ask(dev.portalUrl, { ...at, path })).headers['location']?.replace(/\?.*/, '');
    expect(await to(`${FORWARD}?authelia_url=http://localhost:1/`)).toBe('http://localhost:1/');
    expect(await to(`${FORWARD}?authelia_url=https://auth.localhost/sso`)).toBe(
      'https://auth.localhost/sso',
    );
    expect(await to(`${LEGACY}?rd=http://localhost:1`)).toBe('http://localhost:1/');
    expect(await to(`${LEGACY}?rd=https://evil.example`)).toBeUndefined();
  });

  it('links to the portal in the body, and has none for HEAD', async () => {
    const link = `<a href="http://app.localhost:${port}/?rd=https%3A%2F%2Fapp.localhost%3A8443%2F&amp;rm=GET">`;
    expect((await ask(dev.portalUrl, { path: FORWARD, headers: forwarded('/') })).body).toBe(
      `${link}302 Found</a>`,
    );
    expect((await ask(dev.portalUrl, { path: ORIGINAL, headers: original('/') })).body).toBe(
      `${link}401 Unauthorized</a>`,
    );
    for (const [path, headers] of [
      [FORWARD, forwarded('/', { 'x-forwarded-method': 'HEAD' })],
      [ORIGINAL, original('/', 'HEAD')],
    ] as const) {
      const answer = await ask(dev.portalUrl, { path, headers });
      expect([answer.body, answer.headers['content-type']]).toEqual(['', undefined]);
    }
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

  it('keeps a visitor’s session from question to question', async () => {
    const visit = async (cookie: string): Promise<string> => {
      const answer = await ask(dev.portalUrl, {
        path: FORWARD,
        headers: forwarded('/', { cookie }),
      });
      return answer.headers['set-cookie']?.split(';')[0] ?? '';
    };
    const idOf = (cookie: string): string =>
      JSON.parse(Buffer.from(cookie.split(/[=.]/)[1] ?? '', 'base64url').toString()).id;
    const first = await visit('');
    expect(idOf(await visit(first))).toBe(idOf(first));
    expect(idOf(await visit('trusted_header_dev_session=x.y'))).not.toBe(idOf(first));
    expect(
      (await ask(dev.portalUrl, { path: FORWARD, headers: forwarded('/', { cookie: first }) }))
        .status,
    ).toBe(302);
  });

  it('takes two seconds to refuse a password', async () => {
    const startedAt = Date.now();
    await ask(dev.portalUrl, { path: FORWARD, headers: forwarded('/', basic('ops:wrong')) });
    expect(Date.now() - startedAt).toBeGreaterThan(1_900);
  });
});

describe('the read buffer', () => {
  /** A question whose head has so many bytes. */
  const head = (bytes: number): string => {
    const start = `GET ${FORWARD} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\nAccept: text/html\r\nX-Forwarded-Method: GET\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: app.localhost\r\nX-Forwarded-Uri: /\r\nCookie: a=`;
    return `${start}${'x'.repeat(bytes - start.length - 4)}\r\n\r\n`;
  };

  it.each([
    [4_096, 'HTTP/1.1 302 '],
    [4_097, 'HTTP/1.1 431 '],
    [40_000, 'HTTP/1.1 431 '],
  ])('of a head of %d bytes makes %j, as server.buffers.read has it', async (bytes, start) => {
    expect(head(bytes)).toHaveLength(bytes);
    expect((await sendRaw(dev.portalUrl, head(bytes))).slice(0, 13)).toBe(start);
  });
});
