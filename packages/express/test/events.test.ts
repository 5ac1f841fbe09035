import { once } from 'node:events';
import { request } from 'node:http';
import { expect, it } from '@jest/globals';
import type { DecisionEvent } from '@trusted-header/core';
import express, { type Request } from 'express';
import { requireIdentity, trustedHeader } from '../src/index.js';

it('tells observers of the request of Express, and of its route where a route denies', async () => {
  const events: DecisionEvent<Request>[] = [];
  const app = express();
  const onDecision = (event: DecisionEvent<Request>) => events.push(event);
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false, onDecision }));
  const notes = express.Router();
  notes.get('/:id', requireIdentity({ groups: { anyOf: ['admin'] } }));
  app.use('/notes', notes);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const headers = { 'Remote-User': 'kim', 'User-Agent': 'test' };
  const asked = request({ host: '127.0.0.1', port, path: '/notes/7', headers }).end();
  await once(asked, 'response');
  server.closeAllConnections();
  server.close();
  expect(events.map((event) => [event.reason, event.route])).toEqual([
    [undefined, undefined],
    ['group-missing', '/notes/:id'],
  ]);
  for (const event of events) {
    expect(event.request?.get('user-agent')).toBe('test');
    expect(event.request?.get('remote-user')).toBeUndefined();
  }
});

it('names no route by an expression or a list of paths', async () => {
  const events: DecisionEvent<Request>[] = [];
  const app = express();
  const onDecision = (event: DecisionEvent<Request>) => events.push(event);
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false, onDecision }));
  const admins = requireIdentity({ groups: { anyOf: ['admin'] } });
  app.get(/^\/notes/, admins);
  app.get(['/one', '/two'], admins);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const path of ['notes/7', 'two']) {
    await fetch(`http://127.0.0.1:${port}/${path}`, { headers: { 'Remote-User': 'kim' } });
  }
  server.closeAllConnections();
  server.close();
  const denied = events.filter(({ reason }) => reason === 'group-missing');
  expect(denied.map(({ route }) => route)).toEqual([undefined, undefined]);
});
