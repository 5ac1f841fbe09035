import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import Koa from 'koa';
import { signIn, trustedHeader } from '../src/index.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** Serves an application, and gives what asks it. */
async function start(app: Koa): Promise<(headers: Record<string, string>) => Promise<Response>> {
  server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return (headers) => fetch(`http://127.0.0.1:${port}/`, { headers });
}

/** An application whose own login comes first, and tells by a header whom it knows. */
function twoLogins(): Koa {
  const app = new Koa();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow' }));
  app.use((ctx, next) => {
    const local = ctx.get('x-local');
    if (local !== '') ctx.state.user = { name: local };
    return next();
  });
  const otherLogin = (ctx: Koa.Context) => ctx.get('x-local') === 'carol';
  app.use(signIn({ find: ({ user }) => ({ name: user }), otherLogin }));
  app.use((ctx) => {
    ctx.body = JSON.stringify(ctx.state.user ?? null);
  });
  return app;
}

it('leaves the user of another login where it is', async () => {
  const ask = await start(twoLogins());
  const both = await ask({ 'x-local': 'carol', 'remote-user': 'alice' });
  expect(await both.json()).toEqual({ name: 'carol' });
});

it('takes away whom nothing vouches for', async () => {
  const ask = await start(twoLogins());
  expect(await (await ask({ 'x-local': 'dave' })).json()).toBeNull();
  const other = await ask({ 'x-local': 'dave', 'remote-user': 'alice' });
  expect(await other.json()).toEqual({ name: 'alice' });
});

it('fails, and signs nobody in, where trustedHeader is missing', async () => {
  const errors: string[] = [];
  const app = new Koa().on('error', (error: Error) => errors.push(error.message));
  app.use(signIn({ find: ({ user }) => ({ name: user }) }));
  app.use((ctx) => {
    ctx.body = 'reached';
  });
  const ask = await start(app);
  expect((await ask({ 'remote-user': 'alice' })).status).toBe(500);
  expect(errors).toEqual(['signIn() found no decision: call app.use(trustedHeader(…)) before it']);
});
