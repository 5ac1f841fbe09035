import { describe, expect, it } from '@jest/globals';
import { createRecentKeys } from '../src/recent-keys.js';

describe('a short memory', () => {
  it.each([
    ['at once', 0, 0, true],
    ['at the end of its generation', 0, 4_999, true],
    ['in the next generation', 4_000, 5_001, true],
    // Nobody has looked in between: the first generation ends when somebody does.
    ['when the next generation is over too', 0, 10_000, false],
    ['long after', 0, 3_600_000, false],
  ])('knows a key or not: %s', (_, setAt, askedAt, isKnown) => {
    let time = 0;
    const keys = createRecentKeys<true>(undefined, () => time);
    time = setAt;
    keys.set('a', true);
    time = askedAt;
    expect(keys.get('a')).toBe(isKnown ? true : undefined);
    expect([...keys.entries()]).toEqual(isKnown ? [['a', true]] : []);
  });

  it('goes by a clock of its own where it is given none', () => {
    const keys = createRecentKeys<true>();
    keys.set('a', true);
    expect(keys.get('a')).toBe(true);
  });

  it('forgets in steps while it is used', () => {
    let time = 0;
    const keys = createRecentKeys<number>(undefined, () => time);
    const knownAt: Record<number, number[]> = {};
    for (time = 0; time <= 20_000; time += 4_000) {
      keys.set(String(time), time);
      knownAt[time] = [...keys.entries()].map(([, value]) => value);
    }
    expect(knownAt).toEqual({
      0: [0],
      4000: [0, 4000],
      8000: [0, 4000, 8000],
      12000: [0, 4000, 8000, 12000],
      16000: [8000, 12000, 16000],
      20000: [8000, 12000, 16000, 20000],
    });
  });

  it('forgets what is deleted, of whatever generation', () => {
    let time = 0;
    const keys = createRecentKeys<true>(undefined, () => time);
    keys.set('old', true);
    time = 6_000;
    keys.set('young', true);
    for (const key of ['old', 'young']) keys.delete(key);
    expect([keys.get('old'), keys.get('young')]).toEqual([undefined, undefined]);
  });

  it('tells when a generation is over', () => {
    let time = 0;
    const turns: number[] = [];
    const keys = createRecentKeys<true>(
      () => turns.push(time),
      () => time,
    );
    for (time = 0; time < 12_000; time += 1_000) keys.get('a');
    expect(turns).toEqual([5_000, 10_000]);
  });
});
