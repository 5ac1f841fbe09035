import { once } from 'node:events';
import { type ServerType, serve } from '@hono/node-server';
import { afterEach, expect, it } from '@jest/globals';
import { type Context, Hono } from 'hono';
import { signIn, trustedHeader } from '../src/index.js';

let server: ServerType | undefined;
afterEach(() => {
  server?.close();
});

/** Serves an application, and gives what asks it. */
async function start(app: Hono): Promise<(headers: Record<string, string>) => Promise<Response>> {
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return (headers) => fetch(`http://127.0.0.1:${port}/`, { headers });
}

/** An application whose own login comes first, and tells by a header whom it knows. */
function twoLogins(): Hono {
  const app = new Hono();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow' }));
  app.use((c: Context, next) => {
    const local = c.req.header('x-local');
    if (local !== undefined) c.set('user', { name: local });
    return next();
  });
  const otherLogin = (c: Context) => c.req.header('x-local') === 'carol';
  app.use(signIn({ find: ({ user }) => ({ name: user }), otherLogin }));
  return app.get('/', (c: Context) => c.json(c.get('user') ?? null));
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
  const app = new Hono();
  app.use(signIn({ find: ({ user }) => ({ name: user }) }));
  app.get('/', (c) => c.text('reached'));
  app.onError((error, c) => {
    errors.push(error.message);
    return c.text('failed', 500);
  });
  const ask = await start(app);
  expect((await ask({ 'remote-user': 'alice' })).status).toBe(500);
  expect(errors).toEqual(['signIn() found no decision: call app.use(trustedHeader(…)) before it']);
});
