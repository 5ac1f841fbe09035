import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from '@jest/globals';
import type { DecisionEvent } from '@trusted-header/core';
import Koa, { type Context } from 'koa';
import { requireIdentity, trustedHeader } from '../src/index.js';

it('tells observers of the context of Koa, and of its route where the router has noted one', async () => {
  const events: DecisionEvent<Context>[] = [];
  const app = new Koa();
  const onDecision = (event: DecisionEvent<Context>) => events.push(event);
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false, onDecision }));
  app.use((ctx, next) => {
    // As @koa/router does.
    Object.assign(ctx, { _matchedRoute: '/notes/:id' });
    return next();
  });
  app.use(requireIdentity({ groups: { anyOf: ['admin'] } }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = { 'Remote-User': 'kim', 'User-Agent': 'test' };
  const asked = request({ host: '127.0.0.1', port, path: '/notes/7', headers }).end();
  await once(asked, 'response');
  server.closeAllConnections();
  server.close();
  expect(events.map((event) => event.reason)).toEqual([undefined, 'group-missing']);
  expect(events[1]?.route).toBe('/notes/:id');
  for (const event of events) {
    expect(event.request?.get('user-agent')).toBe('test');
    expect(event.request?.get('remote-user')).toBe('');
  }
});

it('knows no route where the router has noted an expression', async () => {
  const events: DecisionEvent<Context>[] = [];
  const app = new Koa();
  app.use((ctx, next) => {
    // As @koa/router does for a path that is a RegExp.
    Object.assign(ctx, { _matchedRoute: /notes/ });
    return next();
  });
  const onDecision = (event: DecisionEvent<Context>) => events.push(event);
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false, onDecision }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await fetch(`http://127.0.0.1:${port}/`, { headers: { 'Remote-User': 'kim' } });
  server.closeAllConnections();
  server.close();
  expect(events.map(({ route }) => route)).toEqual([undefined]);
});
