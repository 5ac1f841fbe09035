import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from '@jest/globals';
import express from 'express';
import { signIn, trustedHeader } from '../src/index.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** An application whose own login comes first, as Passport does, and tells by a header whom it knows. */
async function start(): Promise<
  (headers: Record<string, string>, path?: string) => Promise<unknown>
> {
  const app = express();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', open: ['/open'] }));
  app.use((req, _, next) => {
    const local = req.get('x-local');
    if (local !== undefined) req.user = { name: local };
    next();
  });
  app.use(
    signIn({
      find: ({ user }) => ({ name: user }),
      otherLogin: (req) => req.get('x-local') === 'carol',
    }),
  );
  app.get(['/', '/open'], (req, res) => {
    res.json(req.user ?? null);
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return async (headers, path = '/') =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).json();
}

it('leaves the user of another login where it is', async () => {
  const ask = await start();
  expect(await ask({ 'x-local': 'carol', 'remote-user': 'alice' })).toEqual({ name: 'carol' });
  expect(await ask({ 'x-local': 'carol' })).toEqual({ name: 'carol' });
  expect(await ask({ 'x-local': 'dave' }, '/open')).toEqual({ name: 'dave' });
});

it('takes away whom nothing vouches for', async () => {
  const ask = await start();
  expect(await ask({ 'x-local': 'dave' })).toBeNull();
  expect(await ask({ 'x-local': 'dave', 'remote-user': 'alice' })).toEqual({ name: 'alice' });
});

it('fails, and signs nobody in, where trustedHeader is missing', async () => {
  const errors: string[] = [];
  const app = express();
  app.use(signIn({ find: ({ user }) => ({ name: user }) }));
  app.get('/', (_, res) => {
    res.send('reached');
  });
  const fail: express.ErrorRequestHandler = (error, _req, res, _next) => {
    errors.push(error.message);
    res.status(500).end();
  };
  app.use(fail);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'remote-user': 'alice' } });
  expect(answer.status).toBe(500);
  expect(errors).toEqual(['signIn() found no decision: call app.use(trustedHeader(…)) before it']);
});
