import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { AppTarget, TestFramework } from './define-app-tests.js';
import { type Outgoing, type Reply, send } from './send.js';

const ZOE = [
  ['Remote-User', 'zoe'],
  ['Remote-Name', 'Zoë Müller'],
  ['Remote-Email', 'zoe@example.com'],
  ['Remote-Groups', 'admin,dev'],
] as const;
const BOB = [
  ['Remote-User', 'bob'],
  ['Remote-Groups', ''],
] as const;
const MALLORY = [
  ['Remote-User', 'mallory'],
  ['Remote-Name', '<script>alert(1)</script>'],
  ['Remote-Groups', '"><img>'],
] as const;
const HTML = ['Accept', 'text/html,*/*;q=0.8'] as const;
const STRANGER = '127.0.0.2';
const OPEN = ['/public', '/healthz', '/signed-out'] as const;
const PATHS = ['/', '/admin', '/live', '/whoami', '/nowhere', ...OPEN] as const;

/** Defines the tests of what the app shows, with 127.0.0.1 as the proxy and 127.0.0.2 as a stranger. */
export function definePageTests(target: AppTarget, { it, afterAll }: TestFramework): void {
  const listening = target.serve(
    {
      trustedProxies: '127.0.0.1',
      portalUrl: 'http://127.0.0.1:9091',
      appUrl: 'http://127.0.0.1:8081',
    },
    {},
  );
  afterAll(async () => (await listening).close());

  async function get(path: string, outgoing?: Outgoing): Promise<Reply> {
    return send(new URL(path, (await listening).url), outgoing);
  }

  it('shows who somebody is, and how that was decided', async () => {
    const { status, headers, body } = await get('/', { lines: ZOE });
    assert.equal(status, 200);
    assert.equal(headers['content-type']?.toLowerCase(), 'text/html; charset=utf-8');
    assert.ok(body.includes('<h1>You are Zoë Müller</h1>'), body);
    for (const fact of ['zoe', 'zoe@example.com', '<li>admin</li><li>dev</li>', '127.0.0.1']) {
      assert.ok(body.includes(fact), `${fact} is missing:\n${body}`);
    }
    assert.ok(body.includes('<span class="verdict authenticated">authenticated</span>'), body);
  });

  it('tells an empty list of groups from one that was not sent', async () => {
    const { body } = await get('/', { lines: BOB });
    assert.match(body, /<dt>Groups<\/dt><dd><span class="absent">none</);
    assert.match(body, /<dt>Email<\/dt><dd><span class="absent">not given</);
  });

  it('shows markup in a name and in a group as text', async () => {
    const { status, body } = await get('/', { lines: MALLORY });
    assert.equal(status, 200);
    assert.ok(body.includes('&lt;script&gt;alert(1)&lt;/script&gt;'), body);
    assert.ok(body.includes('&quot;&gt;&lt;img&gt;'), body);
    assert.doesNotMatch(body, /<script|<img/);
  });

  it('links to the sign-out of the portal, which comes back to the public page', async () => {
    const { body } = await get('/signed-out', { lines: ZOE });
    assert.ok(
      body.includes(
        'href="http://127.0.0.1:9091/logout?rd=http%3A%2F%2F127.0.0.1%3A8081%2Fpublic"',
      ),
      body,
    );
  });

  it('lets admins see the admin page, and tells others that a role is missing', async () => {
    const admin = await get('/admin', { lines: ZOE });
    assert.equal(admin.status, 200);
    assert.ok(admin.body.includes('<h1>Admins only</h1>'), admin.body);
    assert.deepEqual(problemOf(await get('/admin', { lines: BOB })), [403, 'role-missing']);
  });

  it('opens the public page to everybody, and knows who is there', async () => {
    const byZoe = await get('/public', { lines: ZOE });
    assert.ok(byZoe.body.includes('Hello Zoë Müller.'), byZoe.body);
    const byNobody = await get('/public');
    assert.equal(byNobody.status, 200);
    assert.ok(byNobody.body.includes('and the proxy named nobody'), byNobody.body);
    const byStranger = await get('/public', { from: STRANGER });
    assert.equal(byStranger.status, 200);
    assert.ok(byStranger.body.includes('did not come from a trusted proxy'), byStranger.body);
    assert.doesNotMatch(byStranger.body, /127\.0\.0\.[12](?!:8081)/);
  });

  it('answers programs with the same', async () => {
    const { headers, body } = await get('/whoami', { lines: ZOE });
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    const { account, ...rest } = JSON.parse(body);
    assert.deepEqual(account.roles, ['admin', 'member']);
    assert.match(account.id, /^[0-9a-f-]{36}$/);
    assert.match(account.createdAt, /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual(rest, {
      decision: 'authenticated',
      identity: {
        user: 'zoe',
        groups: ['admin', 'dev'],
        name: 'Zoë Müller',
        email: 'zoe@example.com',
      },
    });
  });

  it('asks everybody to sign in, on every path but the open ones', async () => {
    for (const path of PATHS.filter((path) => !OPEN.some((open) => open === path))) {
      const expected = [401, 'authentication-required'];
      assert.deepEqual(problemOf(await get(path)), expected, path);
      assert.deepEqual(problemOf(await get(path, { from: STRANGER })), expected, path);
    }
  });

  it('refuses a stranger who says to be zoe, on every path', async () => {
    for (const path of PATHS) {
      const reply = await get(path, { lines: ZOE, from: STRANGER });
      assert.deepEqual(problemOf(reply), [403, 'peer-untrusted'], path);
    }
  });

  it('refuses a user who is named twice, or under an alias', async () => {
    const twice = await get('/', { lines: [...ZOE, ['Remote-User', 'bob']] });
    assert.deepEqual(problemOf(twice), [403, 'header-repeated']);
    const alias = await get('/public', { lines: [...ZOE, ['Remote_User', 'bob']] });
    assert.deepEqual(problemOf(alias), [403, 'header-ambiguous']);
  });

  it('refuses browsers with a page', async () => {
    const { status, headers, body } = await get('/admin', { lines: [...BOB, HTML] });
    assert.equal(status, 403);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.ok(body.includes('<h1>No access</h1>'), body);
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  it('forbids scripts, caches and frames, and allows its own style', async () => {
    const { headers, body } = await get('/', { lines: ZOE });
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(
      headers['content-security-policy'],
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    );
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    const json = await get('/whoami', { lines: ZOE });
    assert.equal(json.headers['cache-control'], 'no-store');
  });
}

function problemOf({ status, headers, body }: Reply): readonly [status: number, code: unknown] {
  assert.equal(headers['content-type'], 'application/problem+json', body);
  return [status, JSON.parse(body).code];
}
