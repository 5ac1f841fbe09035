import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requireIdentity, trustedHeader } from '@trusted-header/fastify';
import { asUser } from '@trusted-header/testing';
import Fastify from 'fastify';

// Your own application, which you would import.
const app = Fastify();
await app.register(trustedHeader, { trustedProxies: '127.0.0.1' });
const preHandler = requireIdentity({ groups: { anyOf: ['admin'] } });
app.get('/admin', { preHandler }, (request) => `Hello ${request.identity?.user}`);

test('is for admins', async () => {
  const admin = asUser({ user: 'jürgen', groups: ['admin'] });
  const answer = await app.inject({ url: '/admin', ...admin });
  assert.equal(answer.body, 'Hello jürgen');

  const user = asUser({ user: 'bob', groups: ['dev'] });
  assert.equal((await app.inject({ url: '/admin', ...user })).statusCode, 403);
  assert.equal((await app.inject('/admin')).statusCode, 401);
});

test('believes the proxy only', async () => {
  const forged = asUser({ user: 'jürgen', groups: ['admin'] }, { peer: '203.0.113.9' });
  assert.equal((await app.inject({ url: '/admin', ...forged })).statusCode, 403);
});
