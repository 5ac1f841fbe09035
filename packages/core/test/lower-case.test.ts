import { expect, it } from '@jest/globals';
import { lowerCase } from '../src/policy/lower-case.js';

it('makes at most two of all code points one: a capital and its small letter', () => {
  const folded = new Map<string, string[]>();
  for (let code = 0; code <= 0x10ffff; code++) {
    const character = String.fromCodePoint(code);
    const lower = lowerCase(character);
    folded.set(lower, [...(folded.get(lower) ?? []), character]);
  }
  const groups = [...folded].filter(([, characters]) => characters.length > 1);
  expect(groups.length).toBeGreaterThan(1300);
  const odd = groups.filter(
    ([lower, characters]) =>
      characters.length > 2 ||
      !characters.includes(lower) ||
      !characters.includes(lower.toUpperCase()),
  );
  expect(odd).toEqual([]);
});

it.each([
  ['Domain Admins', 'domain admins'],
  ['STRA\u00dfE', 'stra\u00dfe'],
  ['\u212aA', '\u212aa'],
  ['\u0130I', '\u0130i'],
  ['', ''],
  ['already small', 'already small'],
])('writes %j as %j', (text, lower) => {
  expect(lowerCase(text)).toBe(lower);
});
