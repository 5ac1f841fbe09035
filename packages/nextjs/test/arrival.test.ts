import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from '@jest/globals';
import { readArrival } from '../src/arrival.js';

it.each([
  ['GET', 'answered', '/_next/static/a.js'],
  ['HEAD', 'answered', '/_next/static/a.js'],
  ['POST', 'answered', undefined],
  ['OPTIONS', 'answered', undefined],
  ['GET', 'an upgrade', undefined],
])('a %s that is %s may be for the file %s', (method, what, fileTarget) => {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method,
    url: '/_next/static/a.js',
  });
  const response = what === 'answered' ? new ServerResponse(request) : undefined;
  const arrival = readArrival(request, response);
  // Servers and Next rewrite it in place.
  request.url = '/other';
  expect(arrival).toEqual({ request, socket: request.socket, response, fileTarget });
});
