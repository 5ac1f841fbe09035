import { expect, it } from '@jest/globals';
import { isUnreadView } from '../src/strip-fetch-headers.js';

const incoming = {};

it.each([
  ['shows nothing but the stripped request', { incoming }, incoming, true],
  ['has slots besides that are empty', { a: undefined, incoming, b: null, c: 1 }, incoming, true],
  ['has headers that somebody has read', { incoming, own: new Headers() }, incoming, false],
  ['has a function besides', { incoming, abort: () => undefined }, incoming, false],
  ['shows another request', { incoming: {} }, incoming, false],
  ['shows nothing, as those of new runtimes', {}, incoming, false],
  ['shows nothing, and there is none', { a: undefined }, undefined, false],
] as const)('a request that %s: %j', (_what, own, stripped, expected) => {
  const request = Object.assign(Object.create(Request.prototype), own);
  expect(isUnreadView(request, stripped)).toBe(expected);
});
