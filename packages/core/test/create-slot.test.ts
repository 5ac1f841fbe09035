import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createSlot } from '../src/index.js';

describe('createSlot', () => {
  it('keeps a value for each holder', () => {
    const slot = createSlot<string>();
    const [one, other] = [{}, {}];
    slot.set(one, 'a');
    slot.set(one, 'b');
    expect([slot.get(one), slot.get(other)]).toEqual(['b', undefined]);
  });

  it('is no other slot', () => {
    const holder = {};
    createSlot<string>().set(holder, 'a');
    expect(createSlot<string>().get(holder)).toBeUndefined();
  });

  it('shows in no listing, copy or log of its holder', () => {
    const holder = { own: 1 };
    const slot = createSlot<string>();
    slot.set(holder, 'secret');
    expect(Reflect.ownKeys(holder)).toEqual(['own']);
    expect(JSON.stringify(holder) + inspect(holder)).not.toContain('secret');
    expect(slot.get({ ...holder })).toBeUndefined();
  });
});
