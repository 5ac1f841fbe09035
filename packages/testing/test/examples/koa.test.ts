import { expect, it } from '@jest/globals';
import { requireIdentity, trustedHeader } from '@trusted-header/koa';
import { asUser } from '@trusted-header/testing';
import Koa from 'koa';
import request from 'supertest';

// Your own application, which you would import.
const app = new Koa();
app.use(trustedHeader({ trustedProxies: '127.0.0.1' }));
app.use(requireIdentity({ groups: { anyOf: ['admin'] } }));
app.use((ctx) => {
  ctx.body = `Hello ${ctx.state.identity?.user}`;
});

it('is for admins', async () => {
  const admin = asUser({ user: 'jürgen', groups: ['admin'] });
  const answer = await request(app.callback()).get('/').set(admin.headers);
  expect(answer.text).toBe('Hello jürgen');

  const user = asUser({ user: 'bob', groups: ['dev'] });
  await request(app.callback()).get('/').set(user.headers).expect(403);
  await request(app.callback()).get('/').expect(401);
});

it('believes the proxy only', async () => {
  const forged = asUser({ user: 'jürgen', groups: ['admin'] }, { peer: '203.0.113.9' });
  await request(app.callback()).get('/').set(forged.headers).expect(403);
});
