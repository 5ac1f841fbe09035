import { once } from 'node:events';
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Hono, type MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { type OnRefusal, requireIdentity, signIn, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const ALICE = { 'Remote-User': 'alice' };
const PROBLEM =
  '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}';

const servers: ServerType[] = [];
let told: jest.Spied<typeof console.error>;
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

/** An application with a handler that nobody is to reach. */
function appWith(onRefusal: OnRefusal, ...behind: readonly MiddlewareHandler[]): Hono {
  const app = new Hono();
  app.use(trustedHeader({ ...options, onRefusal }));
  for (const each of behind) app.use(each);
  return app.all('*', (c) => c.text('reached'));
}

async function visit(app: Hono, headers: Record<string, string> = {}, method = 'GET') {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  servers.push(server);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    headers,
    method,
    redirect: 'manual',
  });
  return `${answer.status} ${answer.headers.get('location') ?? (await answer.text())}`;
}

describe('onRefusal', () => {
  it('answers with a page of its own, and is told the problem', async () => {
    const app = appWith((refusal, c) => c.json({ ...refusal }, refusal.status));
    expect(await visit(app)).toBe(
      '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required","kind":"anonymous"}',
    );
  });

  it.each<[string, OnRefusal]>([
    ['c.redirect', (_refusal, c) => c.redirect('/sign-in')],
    ['Response.redirect', async () => Response.redirect('http://app.test/sign-in', 302)],
  ])('redirects by %s', async (_, onRefusal) => {
    expect(await visit(appWith(onRefusal))).toMatch(/^302 .*\/sign-in$/);
  });

  it('answers what requireIdentity and signIn refuse behind it', async () => {
    const onRefusal: OnRefusal = ({ status, code }, c) => c.text(`no: ${code}`, status);
    const admins = requireIdentity({ groups: { anyOf: ['admin'] } });
    expect(await visit(appWith(onRefusal, admins), ALICE)).toBe('403 no: group-missing');
    const strangers = signIn({ find: () => null, log: false });
    expect(await visit(appWith(onRefusal, strangers), ALICE)).toBe('403 no: user-unknown');
  });

  it.each([
    [undefined],
    ['reached'],
    [{}],
    [null],
    [{ status: 401 }],
    [{ headers: new Headers() }],
  ])('lets nobody through by %p', async (given) => {
    // biome-ignore lint/suspicious/noExplicitAny: what JavaScript lets an application do.
    const tellNothing: () => any = () => given;
    expect(await visit(appWith(tellNothing))).toBe(PROBLEM);
    expect(told).not.toHaveBeenCalled();
  });

  it('sends the problem where it fails, and tells the operator why', async () => {
    const broken = new Error('the template is broken');
    const failing: OnRefusal[] = [
      () => {
        throw broken;
      },
      () => Promise.reject(broken),
    ];
    for (const onRefusal of failing) expect(await visit(appWith(onRefusal))).toBe(PROBLEM);
    const said = ['trusted-header: onRefusal failed:', broken];
    expect(told.mock.calls).toEqual([said, said]);
    const exception: OnRefusal = () => {
      throw new HTTPException(500);
    };
    expect(await visit(appWith(exception))).toBe(PROBLEM);
  });

  it('is that of the last trustedHeader that has one', async () => {
    const outer: OnRefusal = (_refusal, c) => c.redirect('/outer');
    const app = new Hono();
    app.use(trustedHeader({ ...options, anonymous: 'allow', onRefusal: outer }));
    app.use(trustedHeader(options));
    expect(await visit(app)).toBe('302 /outer');
  });

  it('finds what was decided: what is refused of somebody is refused, and nobody is nobody', async () => {
    const decisions: unknown[] = [];
    const onRefusal: OnRefusal = (_refusal, c) => {
      const { kind, reason } = { reason: undefined, ...c.get('decision') };
      decisions.push([kind, reason, c.get('identity')]);
      return undefined;
    };
    await visit(appWith(onRefusal));
    await visit(appWith(onRefusal), { ...ALICE, Remote_User: 'bob' });
    const strict = new Hono();
    strict.use(trustedHeader({ ...options, onRefusal, sameOrigin: 'unsafe' }));
    await visit(strict, { ...ALICE, 'Sec-Fetch-Site': 'cross-site' }, 'POST');
    expect(decisions).toEqual([
      ['anonymous', undefined, undefined],
      ['refused', 'header-ambiguous', undefined],
      ['refused', 'cross-origin', undefined],
    ]);
  });

  it('a portal that is not asked for is no fault', async () => {
    const app = new Hono();
    app.use(trustedHeader({ ...options, signIn: { portal: 'https://auth.example.com' } }));
    expect(await visit(app, { ...ALICE, Remote_User: 'bob' })).toContain('header-ambiguous');
    expect(told).not.toHaveBeenCalled();
  });
});
