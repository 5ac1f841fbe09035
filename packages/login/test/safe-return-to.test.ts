import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { safeReturnTo } from '../src/index.js';
import { untyped } from './untyped.js';

const ORIGIN = 'https://app.example.com';

describe('the way back', () => {
  it.each([
    ['/', '/'],
    ['/notes', '/notes'],
    ['/notes/7?sort=asc&page=2#top', '/notes/7?sort=asc&page=2#top'],
    ['/notes/', '/notes/'],
    ['/a.b/~c/d-e_f', '/a.b/~c/d-e_f'],
    ['/caf%C3%A9?q=%F0%9F%98%80', '/caf%C3%A9?q=%F0%9F%98%80'],
    ['/search?q=a%2Fb%20c', '/search?q=a%2Fb%20c'],
    ['/search?next=2&url=&return=no', '/search?next=2&url=&return=no'],
    ['/#/notes/7', '/#/notes/7'],
    ['/@alice/feed', '/@alice/feed'],
    ['/...', '/...'],
    [ORIGIN, '/'],
    [`${ORIGIN}/notes?x=1`, '/notes?x=1'],
  ])('%j is %j', (value, path) => {
    expect(safeReturnTo(value, ORIGIN)).toBe(path);
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'nothing'],
    [7, 'a number'],
    [['/notes'], 'a parameter that was given twice'],
    [{ toString: () => '/notes' }, 'what can be made a text'],
    ['', 'empty'],
    ['notes', 'relative'],
    ['?x=1', 'relative'],
    ['#top', 'relative'],
    [' /notes', 'white space before it'],
    ['/notes ', 'white space behind it'],
    ['//evil.example', 'another host'],
    ['///evil.example', 'another host, to browsers'],
    ['/\\evil.example', 'another host, to browsers'],
    ['\\\\evil.example', 'another host, to browsers'],
    ['/\t/evil.example', 'browsers drop the tab'],
    ['/\n/evil.example', 'browsers drop the line feed'],
    ['\u0001//evil.example', 'browsers drop control characters in front'],
    ['/notes\r\nSet-Cookie: a=b', 'a header more'],
    ['/notes\u0000', 'NUL'],
    ['https://evil.example', 'another origin'],
    ['https:evil.example', 'another origin, to browsers'],
    ['https:/evil.example', 'another origin, to browsers'],
    ['http://app.example.com/notes', 'another scheme'],
    ['https://app.example.com:444/', 'another port'],
    ['https://app.example.com.evil.example/', 'a name that begins so'],
    ['https://app.example.com@evil.example/', 'a user that is called so'],
    ['https://app.example.com\\@evil.example/', 'the same'],
    ['https://app.example.com//evil.example', 'another host, once the origin is gone'],
    ['HTTPS://APP.EXAMPLE.COM/notes', 'not as the origin is written'],
    ['javascript:alert(1)', 'a script'],
    ['data:text/html,x', 'a document'],
    ['/%2f%2fevil.example', 'slashes, once decoded'],
    ['/%2Fevil.example', 'a slash, once decoded'],
    ['/%5cevil.example', 'a backslash, once decoded'],
    ['/%252fevil.example', 'a slash, once decoded twice'],
    ['/%0d%0aSet-Cookie:a=b', 'a header more, once decoded'],
    ['/a%00b', 'NUL, once decoded'],
    ['/%2e%2e/admin', 'dots, once decoded'],
    ['/a/../admin', 'a dot segment'],
    ['/./notes', 'a dot segment'],
    ['/a/..', 'a dot segment'],
    ['/a//b', 'an empty segment'],
    ['/a/..//evil.example', 'another host, once resolved'],
    ['/%', 'half an encoding'],
    ['/%zz', 'no encoding'],
    ['/café', 'not ASCII'],
    ['/\u2215evil.example', 'a slash that is none'],
    ['/<script>', 'not in any URL'],
    [`/${'a'.repeat(2048)}`, 'too long'],
    ['/login?returnTo=/notes', 'a way back in the way back'],
    ['/login?rd=https%3A%2F%2Fapp.example.com%2F', 'a way back in the way back'],
    ['/login?a=1&return_to=%2Fnotes', 'a way back in the way back'],
    ['/login?Return-To=%2Fnotes', 'spelt differently'],
    ['/login?%72d=%2Fnotes', 'encoded'],
    ['/login?rd=%20https:evil', 'with white space before it'],
    ['/login?a=1;rd=/notes', 'behind a semicolon'],
    ['/#/login?returnTo=/notes', 'behind the hash, as in single-page applications'],
    ['/login?post_logout_redirect_uri=https://app.example.com', 'as providers call it'],
  ])('%j is /: %s', (value, _why) => {
    expect(safeReturnTo(value, ORIGIN)).toBe('/');
  });

  it('may be as long as 2 048 characters', () => {
    const longest = `/${'a'.repeat(2047)}`;
    expect(safeReturnTo(longest, ORIGIN)).toBe(longest);
    expect(safeReturnTo(`${ORIGIN}${longest}`, ORIGIN)).toBe(longest);
    expect(safeReturnTo(`${ORIGIN}${longest}a`, ORIGIN)).toBe('/');
  });

  it.each([
    '',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/notes',
    'HTTPS://app.example.com',
    'https://',
    'https://a@app.example.com',
    'ftp://app.example.com',
    '*',
    'null',
    undefined,
  ])('is asked for by an application that knows its origin: not %j', (origin) => {
    expect(() => safeReturnTo('/', untyped(origin))).toThrow(
      expect.objectContaining({
        code: 'option-invalid',
        issues: [expect.objectContaining({ option: 'origin' })],
      }),
    );
  });

  it.each(['http://localhost:3000', 'https://[::1]:8443', 'http://10.0.0.7'])(
    'works for %s',
    (origin) => {
      expect(safeReturnTo(`${origin}/notes`, origin)).toBe('/notes');
    },
  );
});

describe('whatever is asked for', () => {
  const piece = fc.oneof(
    fc.constantFrom('/', '//', '\\', '.', '..', '?', '#', '&', '=', ':', '@', ';', '%', ' ', '\t'),
    fc.constantFrom(
      '\r\n',
      '\0',
      '%2f',
      '%5C',
      '%252f',
      '%0a',
      '%2e',
      '%2E%2e',
      '%c3%a9',
      '%e3%80%82',
    ),
    fc.constantFrom('http:', 'https:', 'https://', 'javascript:', 'evil.example', ORIGIN, '\u3002'),
    fc.constantFrom('rd=', 'returnTo=', 'return_to=', 'next=', 'a=1', 'notes', 'login', '\uFF0F'),
    fc.string({ maxLength: 3, unit: 'binary' }),
  );
  const wish = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
  const likely = wish.map((text) => `/${text}`);

  /** The URL that a browser goes to, by the standard (URL, WHATWG). */
  const goTo = (path: string): URL => new URL(path, `${ORIGIN}/somewhere/else?x#y`);

  it('stays on the origin, however often somebody decodes or resolves it', () => {
    let followed = 0;
    fc.assert(
      fc.property(fc.oneof(wish, likely), (value) => {
        const path = safeReturnTo(value, ORIGIN);
        if (path !== '/') followed++;
        const url = goTo(path);
        expect(url.origin).toBe(ORIGIN);
        // The path is what a browser, a proxy or a router would make of it.
        expect(url.pathname).toBe(path.replace(/[?#].*/, ''));
        let decoded = url.pathname;
        for (let i = 0; i < 3; i++) {
          decoded = decodeOr(decoded);
          expect(goTo(decoded.replaceAll('?', '%3F').replaceAll('#', '%23')).origin).toBe(ORIGIN);
          expect(decoded).not.toMatch(/\\|\/\/|\/\.\.?(?:\/|$)|\p{Cc}/u);
        }
        expect(path.length).toBeLessThanOrEqual(2048);
      }),
      { numRuns: 3000 },
    );
    expect(followed).toBeGreaterThan(50);
  });

  it('gives the same again, also as a URL of the origin', () => {
    fc.assert(
      fc.property(fc.oneof(wish, likely), (value) => {
        const path = safeReturnTo(value, ORIGIN);
        expect(safeReturnTo(path, ORIGIN)).toBe(path);
        expect(safeReturnTo(ORIGIN + path, ORIGIN)).toBe(path);
      }),
      { numRuns: 1000 },
    );
  });

  it('does not grow: a way back is never put into a way back', () => {
    fc.assert(
      fc.property(
        likely,
        fc.constantFrom('rd', 'returnTo', 'redirect_uri', 'next'),
        (value, name) => {
          let path = safeReturnTo(value, ORIGIN);
          for (let i = 0; i < 4; i++) {
            path = safeReturnTo(`/login?${name}=${encodeURIComponent(path)}`, ORIGIN);
          }
          expect(path).toBe('/');
        },
      ),
      { numRuns: 300 },
    );
  });
});

function decodeOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
