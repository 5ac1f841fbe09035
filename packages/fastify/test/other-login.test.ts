import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { signIn, trustedHeader } from '../src/index.js';

let app: FastifyInstance;
afterEach(() => app.close());

async function ask(headers: Record<string, string>): Promise<Response> {
  const address = app.server.listening
    ? app.listeningOrigin
    : await app.listen({ port: 0, host: '127.0.0.1' });
  return fetch(address, { headers });
}

/** An application whose own login comes first, and tells by a header whom it knows. */
async function startTwoLogins(): Promise<void> {
  app = Fastify();
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', anonymous: 'allow' });
  app.decorateRequest('user');
  app.addHook('onRequest', async (request) => {
    const local = request.headers['x-local'];
    if (local !== undefined) request.user = { name: local };
  });
  const otherLogin = (request: FastifyRequest) => request.headers['x-local'] === 'carol';
  await app.register(signIn, {
    find: ({ user }: { user: string }) => ({ name: user }),
    otherLogin,
  });
  app.get('/', (request, reply) => reply.send(JSON.stringify(request.user ?? null)));
}

it('leaves the user of another login where it is', async () => {
  await startTwoLogins();
  const both = await ask({ 'x-local': 'carol', 'remote-user': 'alice' });
  expect(await both.json()).toEqual({ name: 'carol' });
});

it('takes away whom nothing vouches for', async () => {
  await startTwoLogins();
  expect(await (await ask({ 'x-local': 'dave' })).json()).toBeNull();
  const other = await ask({ 'x-local': 'dave', 'remote-user': 'alice' });
  expect(await other.json()).toEqual({ name: 'alice' });
});

it('fails, and signs nobody in, where trustedHeader is missing', async () => {
  app = Fastify();
  await app.register(signIn, { find: ({ user }: { user: string }) => ({ name: user }) });
  app.get('/', () => 'reached');
  const answer = await ask({ 'remote-user': 'alice' });
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({
    message: 'signIn() found no decision: register trustedHeader before it',
  });
});
