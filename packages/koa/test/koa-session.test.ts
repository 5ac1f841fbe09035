import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from '@jest/globals';
import Koa, { type Context } from 'koa';
import session from 'koa-session';
import { koaSession } from '../src/index.js';

const BINDING = { v: 1, via: 'trusted-header', user: 'bob' } as const;

/** Sends one request, and gives what the handler gave, or why it failed. */
async function visit(
  handle: (ctx: Context) => Promise<unknown>,
  withSession = true,
  keys: readonly (string | Buffer)[] = ['a secret of this test'],
) {
  const app = new Koa();
  // Koa signs with buffers as well, and its types do not say so.
  Reflect.set(app, 'keys', keys);
  if (withSession) app.use(session(app));
  app.use(async (ctx) => {
    ctx.body = JSON.stringify(await handle(ctx).catch((error: Error) => error.message));
  });
  const server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const answer: unknown = await response.json();
  server.closeAllConnections();
  server.close();
  return { answer, cookies: response.headers.getSetCookie() };
}

it('begins a session also where the application has ended its own', async () => {
  const { answer, cookies } = await visit(async (ctx) => {
    Reflect.set(ctx, 'session', null);
    await koaSession.start(ctx, BINDING);
    return koaSession.read(ctx);
  });
  expect(answer).toEqual(BINDING);
  expect(cookies.join()).toContain('koa.sess=');
});

it.each([{ keys: [''] }, { keys: ['a secret of this test', ''] }, { keys: [Buffer.alloc(0)] }])(
  'takes no session of a cookie that anybody can sign: $keys',
  async ({ keys }) => {
    const { answer, cookies } = await visit(
      async (ctx) => {
        await koaSession.start(ctx, BINDING);
        return koaSession.read(ctx);
      },
      true,
      keys,
    );
    expect(answer).toMatch(/app\.keys holds an empty key.*write app\.keys = \[secret\]/);
    expect(cookies).toEqual([]);
  },
);

it('asks nothing of keys that do not show themselves', async () => {
  const { answer } = await visit(async (ctx) => {
    Reflect.set(ctx.app, 'keys', { sign: () => 'signed', verify: () => true });
    await koaSession.start(ctx, BINDING);
    return koaSession.read(ctx);
  });
  expect(answer).toEqual(BINDING);
});

it('says what is missing, where there is no session', async () => {
  const { answer } = await visit(async (ctx) => koaSession.read(ctx), false);
  expect(answer).toMatch(/found no session: .*session\(/);
});

it('takes nothing for a session that cannot be begun anew', async () => {
  const { answer } = await visit(async (ctx) => {
    Reflect.set(ctx, 'session', { views: 1 });
    return koaSession.read(ctx);
  }, false);
  expect(answer).toMatch(/found no session: .*session\(/);
});
