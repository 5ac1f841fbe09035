import { expect, it } from '@jest/globals';
import { withCookies, withoutCredentials } from '../src/request-headers.js';

it.each([
  ['a=1; b=2', ['b=3; Path=/'], 'a=1; b=3'],
  ['a=1; b=2', ['b=; Max-Age=0'], 'a=1'],
  ['b=2', ['b=; Max-Age=0'], null],
  ['b=1; b=2; a=x=y%20', ['b=3'], 'a=x=y%20; b=3'],
  ['', ['b=3; HttpOnly'], 'b=3'],
  ['a=1', ['b=3', 'b=4'], 'a=1; b=4'],
  ['b=1', ['b=3', 'b=; Max-Age=0'], null],
  ['flag; a=1', ['b=3'], 'flag; a=1; b=3'],
])('of Cookie: %s, and a response that sets %j, makes %s', (cookie, lines, expected) => {
  const headers = new Headers({ cookie, authorization: 'Bearer alice', accept: 'x' });
  const changed = withCookies(headers, lines);
  expect(changed.get('cookie')).toBe(expected);
  expect([changed.get('authorization'), changed.get('accept')]).toEqual([null, 'x']);
  expect(headers.get('cookie')).toBe(cookie);
});

it('gives the same headers where nothing is set', () => {
  const headers = new Headers({ cookie: 'a=1' });
  expect(withCookies(headers, [])).toBe(headers);
});

it('leaves nothing by which somebody could be known', () => {
  const headers = new Headers({ cookie: 'a=1', authorization: 'Bearer alice', accept: 'x' });
  expect([...withoutCredentials(headers)]).toEqual([['accept', 'x']]);
});
