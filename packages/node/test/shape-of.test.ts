import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { shapeOf } from '../src/index.js';

function request(more: object = {}): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  return Object.assign(req, { method: 'GET', url: '/in', rawHeaders: ['Host', 'app'] }, more);
}

it('tells of a request as it was when it was first seen, though a framework rewrites it since', () => {
  const req = request();
  const shape = shapeOf(req);
  Object.assign(req, { method: 'POST', url: '/healthz', originalUrl: '/healthz' });
  req.rawHeaders.length = 0;
  expect(shapeOf(req)).toBe(shape);
  expect(shape).toEqual({ method: 'GET', target: '/in', rawHeaders: ['Host', 'app'] });
});

it.each([
  ['what Express, Connect and Fastify keep of it', '/mounted/in', '/mounted/in'],
  ['nothing that is no text', ['/mounted/in'], '/in'],
])('takes for the target %s', (_, originalUrl, target) => {
  expect(shapeOf(request({ originalUrl })).target).toBe(target);
});
