import { expect, it } from '@jest/globals';
import { type DecisionEvent, factsFromFetch } from '@trusted-header/core';
import { type Context, Hono } from 'hono';
import { requireIdentity, trustedHeader } from '../src/index.js';

it('tells observers of the context of Hono, and of the route', async () => {
  const events: DecisionEvent<Context>[] = [];
  const seen: unknown[] = [];
  const app = new Hono();
  const middleware = trustedHeader({
    trustedProxies: '127.0.0.1',
    log: false,
    onDecision(event) {
      events.push(event);
      const { request } = event;
      seen.push([request?.req.header('user-agent'), request?.req.header('remote-user')]);
    },
    facts: (c) => factsFromFetch(c.req.raw.headers, '127.0.0.1'),
  });
  app.use(middleware);
  app.get('/notes/:id', requireIdentity({ groups: { anyOf: ['admin'] } }), (c) => c.text('ok'));
  app.get('/one', (c) => c.text('ok'));
  const headers = { 'Remote-User': 'kim', 'User-Agent': 'test' };
  expect((await app.request('/notes/7', { headers })).status).toBe(403);
  expect((await app.request('/unknown', { headers })).status).toBe(404);
  expect((await app.request('/one', { headers })).status).toBe(200);
  expect(events.map(({ reason, route }) => [reason, route])).toEqual([
    [undefined, '/notes/:id'],
    ['group-missing', '/notes/:id'],
    [undefined, undefined],
    [undefined, '/one'],
  ]);
  expect(seen).toEqual([
    ['test', undefined],
    ['test', undefined],
    ['test', undefined],
    ['test', undefined],
  ]);
});
