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
