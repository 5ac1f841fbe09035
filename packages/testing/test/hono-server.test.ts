import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { expect, it } from '@jest/globals';
import { trustedHeader } from '@trusted-header/hono';
import { Hono } from 'hono';
import { testClient } from 'hono/testing';
import request from 'supertest';
import { asUser } from '../src/index.js';

const app = new Hono()
  .use(trustedHeader({ trustedProxies: '172.20.0.2', log: false }))
  .get('/', (c) => c.json({ user: c.var.identity?.user, seen: [...c.req.raw.headers.keys()] }));

const ALICE = asUser({ user: 'alice' }, { peer: '172.20.0.2' });

it('Hono behind its server is tested by supertest', async () => {
  const server = createServer(getRequestListener(app.fetch));
  const answer = await request(server).get('/').set(ALICE.headers);
  expect(answer.body).toEqual({ user: 'alice', seen: ['accept-encoding', 'connection', 'host'] });
});

it('Hono is tested by its typed client', async () => {
  const answer = await testClient(app).index.$get(undefined, ALICE);
  expect(await answer.json()).toEqual({ user: 'alice', seen: [] });
});
