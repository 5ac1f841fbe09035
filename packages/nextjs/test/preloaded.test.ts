import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { NextResponse } from 'next/server.js';
import { getDecision, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { watchRequests } from '../src/watch-requests.js';
import { eventOf, nextRequest } from './decided-request.js';

// As preload does, and then nobody calls registerTrustedHeader.
beforeEach(() => {
  watchRequests();
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  findRegistry()?.stop();
  jest.restoreAllMocks();
});

const request = () =>
  nextRequest('http://app.test/', { headers: { 'Remote-User': 'eve', 'x-a': '1' } });

it('nobody has decided where requests are watched and nothing is registered', async () => {
  expect(await getDecision(request())).toEqual({ kind: 'undecided', reason: 'not-registered' });
  const asked = request();
  expect((await trustedHeaderProxy()(asked, eventOf(asked)))?.status).toBe(503);
});

it('the usual headers are handed on to nobody there', async () => {
  const asked = request();
  const proxy = trustedHeaderProxy(() => NextResponse.next(), { anonymous: 'allow' });
  const { headers } = (await proxy(asked, eventOf(asked))) ?? Response.error();
  expect(headers.get('x-middleware-override-headers')).toBe('x-a');
});
