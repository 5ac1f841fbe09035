import { expect, it } from '@jest/globals';
import { keepDecision } from '@trusted-header/core';
import { decisionOf } from '../src/index.js';

const decision = { kind: 'anonymous', trusted: true } as const;
const decided = {};
keepDecision(decided, decision);

it.each([
  ['a request that was decided', decided],
  ['Fastify’s request of it', { raw: decided }],
  ['a client of socket.io', { raw: null, request: decided }],
  ['a client of ws', { raw: 'text', request: {}, _socket: decided }],
])('decisionOf() finds what was decided of %s', (_, subject) => {
  expect(decisionOf(subject)).toBe(decision);
});

it.each([
  ['nothing', undefined],
  ['nothing', null],
  ['text', 'GET /'],
  ['a function', () => decided],
  ['a request that nobody has decided', { raw: {} }],
  ['what leads nowhere', { raw: null, request: undefined, _socket: 7 }],
  ['a request two steps away', { request: { raw: decided } }],
])('decisionOf() finds none about %s: %p', (_, subject) => {
  expect(decisionOf(subject)).toBeUndefined();
});
