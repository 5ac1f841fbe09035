import { expect, it } from '@jest/globals';
import { requireIdentity, trustedHeader } from '@trusted-header/express';
import { asUser } from '@trusted-header/testing';
import express from 'express';
import request from 'supertest';

// Your own application, which you would import.
const app = express();
app.use(trustedHeader({ trustedProxies: '127.0.0.1' }));
app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (req, res) => {
  res.send(`Hello ${req.identity?.user}`);
});

it('is for admins', async () => {
  const admin = asUser({ user: 'jürgen', groups: ['admin'] });
  const answer = await request(app).get('/admin').set(admin.headers);
  expect(answer.text).toBe('Hello jürgen');

  const user = asUser({ user: 'bob', groups: ['dev'] });
  await request(app).get('/admin').set(user.headers).expect(403);
  await request(app).get('/admin').expect(401);
});

it('believes the proxy only', async () => {
  const forged = asUser({ user: 'jürgen', groups: ['admin'] }, { peer: '203.0.113.9' });
  await request(app).get('/admin').set(forged.headers).expect(403);
});
