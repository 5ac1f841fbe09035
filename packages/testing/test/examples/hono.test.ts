import { expect, it } from '@jest/globals';
import { requireIdentity, trustedHeader } from '@trusted-header/hono';
import { asUser } from '@trusted-header/testing';
import { Hono } from 'hono';

// Your own application, which you would import.
const app = new Hono();
app.use(trustedHeader({ trustedProxies: '127.0.0.1' }));
app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (c) =>
  c.text(`Hello ${c.var.identity.user}`),
);

it('is for admins', async () => {
  const admin = asUser({ user: 'jürgen', groups: ['admin'] });
  const answer = await app.request('/admin', admin);
  expect(await answer.text()).toBe('Hello jürgen');

  const user = asUser({ user: 'bob', groups: ['dev'] });
  expect((await app.request('/admin', user)).status).toBe(403);
  expect((await app.request('/admin')).status).toBe(401);
});

it('believes the proxy only', async () => {
  const forged = asUser({ user: 'jürgen', groups: ['admin'] }, { peer: '203.0.113.9' });
  expect((await app.request('/admin', { method: 'GET', ...forged })).status).toBe(403);
});
