import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import Koa from 'koa';
import { type OnRefusal, requireIdentity, signIn, trustedHeader } from '../src/index.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;
const ALICE = { 'Remote-User': 'alice' };
const PROBLEM =
  '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}';

const servers: ReturnType<Koa['listen']>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An application with a handler that nobody is to reach. */
function appWith(onRefusal: OnRefusal, ...behind: readonly Koa.Middleware[]) {
  const app = new Koa();
  const errors: unknown[] = [];
  app.on('error', (error) => errors.push(error));
  // What a middleware before has set is no answer of onRefusal's.
  app.use((ctx, next) => {
    ctx.body = 'nothing yet';
    return next();
  });
  app.use(trustedHeader({ ...options, onRefusal }));
  for (const each of behind) app.use(each);
  app.use((ctx) => {
    ctx.body = 'reached';
  });
  return { app, errors };
}

async function visit(app: Koa, headers: Record<string, string> = {}, method = 'GET') {
  const server = app.listen(0, '127.0.0.1');
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
    const { app } = appWith((refusal, ctx) => {
      ctx.status = refusal.status;
      ctx.body = { ...refusal };
    });
    expect(await visit(app)).toBe(
      '401 {"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required","kind":"anonymous"}',
    );
  });

  it('redirects', async () => {
    const { app } = appWith((_refusal, ctx) => ctx.redirect('/sign-in'));
    expect(await visit(app)).toBe('302 /sign-in');
  });

  it('answers what requireIdentity and signIn refuse behind it', async () => {
    const onRefusal: OnRefusal = ({ status, code }, ctx) => {
      ctx.status = status;
      ctx.body = `no: ${code}`;
    };
    const admins = requireIdentity({ groups: { anyOf: ['admin'] } });
    expect(await visit(appWith(onRefusal, admins).app, ALICE)).toBe('403 no: group-missing');
    const strangers = signIn({ find: () => null, log: false });
    expect(await visit(appWith(onRefusal, strangers).app, ALICE)).toBe('403 no: user-unknown');
  });

  it('hands a refusal to the error handling in front by `throw refusal`, and lets nobody through', async () => {
    const { app, errors } = appWith((refusal) => {
      throw refusal;
    });
    const shaped = new Koa().use(async (ctx, next) => {
      try {
        await next();
      } catch (error) {
        ctx.status = 418;
        ctx.body = { status: 'error', error };
      }
    });
    for (const each of app.middleware) shaped.use(each);
    expect(await visit(shaped)).toBe(
      '418 {"status":"error","error":{"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required","kind":"anonymous"}}',
    );
    // Without any, Koa itself answers, and tells its listeners.
    expect(await visit(app)).toBe('401 Unauthorized');
    expect(errors).toEqual([expect.objectContaining({ code: 'authentication-required' })]);
  });

  it('hands over what guards and signIn refuse behind it as well', async () => {
    const onRefusal: OnRefusal = (refusal) => {
      throw refusal;
    };
    const admins = requireIdentity({ groups: { anyOf: ['admin'] } });
    const guarded = appWith(onRefusal, admins);
    expect(await visit(guarded.app, ALICE)).toBe('403 Forbidden');
    const strangers = appWith(onRefusal, signIn({ find: () => null, log: false }));
    expect(await visit(strangers.app, ALICE)).toBe('403 Forbidden');
    expect([...guarded.errors, ...strangers.errors]).toEqual([
      expect.objectContaining({ code: 'group-missing' }),
      expect.objectContaining({ code: 'user-unknown' }),
    ]);
  });

  it('lets nobody through where it does nothing', async () => {
    expect(await visit(appWith(() => undefined).app)).toBe(PROBLEM);
    expect(await visit(appWith(async () => 'this is no answer').app)).toBe(PROBLEM);
  });

  it('sends the problem where it fails, and tells the application as Koa does', async () => {
    const { app, errors } = appWith((_refusal, ctx) => {
      ctx.body = 'half of a page';
      throw new Error('the template is broken');
    });
    expect(await visit(app)).toBe(PROBLEM);
    expect(errors).toEqual([new Error('the template is broken')]);
    const thrown = appWith((_refusal, ctx) => ctx.throw(500, 'no'));
    expect(await visit(thrown.app)).toBe(PROBLEM);
  });

  it.each<[string, string, OnRefusal]>([
    ['a status alone', '418 nothing yet', (_refusal, ctx) => Object.assign(ctx, { status: 418 })],
    ['a body alone', '200 a page', (_refusal, ctx) => Object.assign(ctx, { body: 'a page' })],
    [
      'Node’s response, later',
      '200 its own way',
      (_refusal, ctx) => {
        ctx.respond = false;
        setTimeout(() => ctx.res.end('its own way'), 20);
      },
    ],
  ])('takes %s for an answer', async (_, expected, onRefusal) => {
    expect(await visit(appWith(onRefusal).app)).toBe(expected);
  });

  it('is that of the last trustedHeader that has one', async () => {
    const inner = trustedHeader(options);
    const outer: OnRefusal = (_refusal, ctx) => ctx.redirect('/outer');
    const app = new Koa();
    app.use(trustedHeader({ ...options, anonymous: 'allow', onRefusal: outer }));
    app.use(inner);
    expect(await visit(app)).toBe('302 /outer');
  });

  it('finds what was decided: what is refused of somebody is refused, and nobody is nobody', async () => {
    const decisions: unknown[] = [];
    const onRefusal: OnRefusal = (_refusal, ctx) => {
      const { kind, reason } = { reason: undefined, ...ctx.state.decision };
      decisions.push([kind, reason, ctx.state.identity]);
    };
    const { app } = appWith(onRefusal);
    await visit(app);
    await visit(app, { ...ALICE, Remote_User: 'bob' });
    const strict = new Koa();
    strict.use(trustedHeader({ ...options, onRefusal, sameOrigin: 'unsafe' }));
    await visit(strict, { ...ALICE, 'Sec-Fetch-Site': 'cross-site' }, 'POST');
    expect(decisions).toEqual([
      ['anonymous', undefined, undefined],
      ['refused', 'header-ambiguous', undefined],
      ['refused', 'cross-origin', undefined],
    ]);
  });
});

it('a portal that is not asked for is no fault', async () => {
  const errors: unknown[] = [];
  const app = new Koa().on('error', (error) => errors.push(error));
  app.use(trustedHeader({ ...options, signIn: { portal: 'https://auth.example.com' } }));
  expect(await visit(app, { ...ALICE, Remote_User: 'bob' })).toContain('header-ambiguous');
  expect(errors).toEqual([]);
});
