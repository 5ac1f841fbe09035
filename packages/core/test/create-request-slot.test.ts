import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createRequestSlot } from '../src/index.js';

/** As a request of Node's, with the state of its stream. */
const makeRequest = (): object => ({ url: '/', _readableState: { flowing: null } });

describe('createRequestSlot', () => {
  it.each([
    ['a request of Node, by the state of its stream', makeRequest],
    ['the context of a framework', () => ({})],
    ['what has something else under that name', () => ({ _readableState: 'flowing' })],
    ['what has nothing under that name', () => ({ _readableState: null })],
  ])('keeps a value for each: %s', (_, make) => {
    const slot = createRequestSlot<string>();
    const [one, other] = [make(), make()];
    slot.set(one, 'a');
    slot.set(one, 'b');
    expect([slot.get(one), slot.get(other)]).toEqual(['b', undefined]);
    expect([slot.seenThrough(one), slot.seenThrough(other)]).toEqual(['b', undefined]);
  });

  it.each([
    ['a copy', (request: object) => ({ ...request })],
    ['what inherits from it', (request: object) => Object.create(request)],
    ['a Proxy of it', (request: object) => new Proxy(request, {})],
  ])('is its own for what has the same stream: %s', (_, make) => {
    const slot = createRequestSlot<string>();
    const request = makeRequest();
    slot.set(request, 'a');
    const other = make(request);
    expect([slot.get(other), slot.seenThrough(other)]).toEqual([undefined, 'a']);

    slot.set(other, 'b');
    slot.set(other, 'c');
    expect([slot.get(request), slot.get(other)]).toEqual(['a', 'c']);
  });

  it('is no other slot', () => {
    const request = makeRequest();
    createRequestSlot<string>().set(request, 'a');
    const other = createRequestSlot<string>();
    expect([other.get(request), other.seenThrough(request)]).toEqual([undefined, undefined]);
  });

  it('shows in no listing or log of its holder', () => {
    const request = makeRequest();
    createRequestSlot<string>().set(request, 'secret');
    expect(Reflect.ownKeys(request)).toEqual(['url', '_readableState']);
    expect(JSON.stringify(request) + inspect(request)).not.toContain('secret');
  });
});
