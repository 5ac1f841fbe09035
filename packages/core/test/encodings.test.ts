import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeHeader } from '../src/encoding/decode-header.js';
import { utf8Length } from '../src/encoding/decode-utf8.js';
import { trimOws } from '../src/headers/trim-ows.js';
import { createAuthenticator, type HeaderProfile } from '../src/index.js';
import { runs } from './arbitraries.js';

const wire = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

describe('decodeHeader', () => {
  it('takes an encoded word of more bytes than a function takes arguments', () => {
    const long = 'a'.repeat(200_000);
    expect(decodeHeader(`=?iso-8859-1?q?${long}?=`, 'rfc2047') === long).toBe(true);
  });

  it.each([
    // encoding, raw, text, why
    ['utf-8', 'john', 'john', 'ASCII'],
    ['utf-8', 'JÃ¼rgen', 'Jürgen', 'what Node and Fetch make of UTF-8 bytes (H5)'],
    ['utf-8', wire('名前 😀'), '名前 😀', 'three and four byte characters'],
    ['utf-8', wire('Ju\u0308rgen'), 'Ju\u0308rgen', 'decomposed stays decomposed (H5)'],
    ['utf-8', wire('\u212aevin'), '\u212aevin', 'KELVIN SIGN stays one (H5)'],
    ['utf-8', 'Łukasz', 'Łukasz', 'already decoded by the runtime: taken as it is'],
    ['utf-8', 'Łu\u0308', 'Łu\u0308', 'already decoded, and decomposed'],
    ['utf-8', 'J\xfcrgen', undefined, 'Latin-1 bytes are not UTF-8'],
    ['utf-8', '\xff', undefined, 'the last byte there is, which is no decoded text'],
    ['utf-8', '\u0100', 'Ā', 'the first character that is no byte'],
    ['utf-8', 'a\xc0\xafb', undefined, 'overlong slash'],
    ['utf-8', '\xed\xa0\x80', undefined, 'a surrogate in UTF-8'],
    ['utf-8', '\xf4\x90\x80\x80', undefined, 'above U+10FFFF'],
    ['utf-8', 'alice\xc3', undefined, 'cut inside a character'],
    [
      'utf-8',
      '\xef\xbb\xbfalice',
      '\ufeffalice',
      'a BOM stays, to be refused: dropping it would make two spellings of one user',
    ],
    ['utf-8', 'alice\xc2\xa0', 'alice\u00a0', 'a no-break space stays (H12)'],
    ['latin1', 'J\xfcrgen', 'Jürgen', 'Latin-1'],
    ['latin1', 'Ju\u0308rgen', 'Ju\u0308rgen', 'already decoded'],
    ['latin1', 'alice', 'alice', 'ASCII'],
    ['percent', 'J%C3%BCrgen%20M', 'Jürgen M', 'Sandstorm'],
    ['percent', 'a+b', 'a+b', 'a plus is a plus'],
    ['percent', 'a%2', undefined, 'cut'],
    ['percent', 'a%zz', undefined, 'no hex'],
    ['percent', 'a%', undefined, 'cut'],
    ['percent', 'a%ff', undefined, 'not UTF-8'],
    ['percent', 'J\xfcrgen', undefined, 'a byte that should have been encoded'],
    ['percent', 'JÃ¼rgen', undefined, 'UTF-8 that should have been encoded'],
    ['percent', 'a\x7f', 'a\x7f', 'DEL is ASCII; it is refused later'],
    ['base64', 'SsO8cmdlbg==', 'Jürgen', 'two paddings'],
    ['base64', 'YWI=', 'ab', 'one padding'],
    ['base64', 'YWJj', 'abc', 'none'],
    ['base64', 'YWI', undefined, 'padding missing'],
    ['base64', 'YWJ=', undefined, 'bits left over: a second spelling of "ab"'],
    ['base64', 'YR==', undefined, 'bits left over'],
    ['base64', 'YW Jj', undefined, 'white space'],
    ['base64', 'Y-Jj', undefined, 'URL alphabet'],
    ['base64', '====', undefined, 'padding only'],
    ['base64', '/w==', undefined, 'not UTF-8'],
    ['base64url', 'SsO8cmdlbg', 'Jürgen', 'two paddings that are not there'],
    ['base64url', 'YWI', 'ab', 'one'],
    ['base64url', '4pyTPz8_', '✓???', 'its own alphabet'],
    ['base64url', 'Pj4-', '>>>', 'the other letter of it'],
    ['base64url', 'YWI=', undefined, 'padding'],
    ['base64url', '4pyTPz8/', undefined, 'the other alphabet'],
    ['base64url', 'YWJ', undefined, 'bits left over: a second spelling of "ab"'],
    ['base64url', 'YWJjZ', undefined, 'a length that no bytes have'],
    ['base64url', 'YW Jj', undefined, 'white space'],
    ['base64url', '_w', undefined, 'not UTF-8'],
    ['base64', 'Y\xfcJj', undefined, 'not ASCII'],
    ['rfc2047', 'Ferris Bueller', 'Ferris Bueller', 'Tailscale sends plain ASCII as it is'],
    ['rfc2047', '=?utf-8?q?J=C3=BCrgen_M=C3=BCller?=', 'Jürgen Müller', "Go's mime.QEncoding"],
    ['rfc2047', '=?UTF-8?B?SsO8cmdlbg==?=', 'Jürgen', 'B encoding (gatekeeper)'],
    [
      'rfc2047',
      '=?utf-8?q?J=C3=BC?= =?utf-8?q?rgen?=',
      'Jürgen',
      'white space between encoded words is dropped',
    ],
    [
      'rfc2047',
      '=?utf-8?q?J=C3=BCrgen?= M.  von  X',
      'Jürgen M.  von  X',
      'white space around plain text stays',
    ],
    ['rfc2047', 'Dr. =?utf-8?q?=C3=9C?= =?utf-8?q?b?=', 'Dr. Üb', 'plain text first'],
    ['rfc2047', '=?iso-8859-1?q?J=FCrgen?=', 'Jürgen', 'Latin-1'],
    ['rfc2047', '=?us-ascii?q?John?=', 'John', 'ASCII'],
    ['rfc2047', '=?us-ascii*en?q?John?=', 'John', 'language tag (RFC 2231)'],
    ['rfc2047', '=?us-ascii?q?J=FCrgen?=', undefined, 'not ASCII'],
    ['rfc2047', '=?windows-1252?q?a?=', undefined, 'charset that we do not know'],
    ['rfc2047', '=?utf-8?x?a?=', undefined, 'encoding that nobody knows'],
    ['rfc2047', '=?utf-8?q?=FF?=', undefined, 'not UTF-8'],
    [
      'rfc2047',
      '=?utf-8?q?=C3?= =?utf-8?q?=BC?=',
      undefined,
      'a character across two words (RFC 2047 section 5 forbids it)',
    ],
    ['rfc2047', '=?utf-8?q?a=4?=', undefined, 'cut'],
    ['rfc2047', '=?utf-8?b?YWI?=', undefined, 'padding missing'],
    [
      'rfc2047',
      '=?utf-8?q?J=C3=BC?= \t =?utf-8?q?rgen?=',
      'Jürgen',
      'any white space between encoded words is dropped',
    ],
    ['rfc2047', 'a\x7f', 'a\x7f', 'DEL is ASCII; it is refused later'],
    ['rfc2047', '=?utf-8?q?a?=x', undefined, 'text right behind a word'],
    ['rfc2047', '=?utf-8?q?ab', undefined, 'not closed'],
    ['rfc2047', 'x=?utf-8?q?a?=', undefined, 'not a word of its own'],
    ['rfc2047', 'J\xfcrgen', undefined, 'a byte that should have been encoded'],
    ['rfc2047', '=?utf-8?q?J\xfcrgen?=', undefined, 'a byte that should have been encoded'],
  ] as const)('%s %j is %j: %s', (encoding, raw, text, _why) => {
    expect(decodeHeader(raw, encoding)).toBe(text);
  });

  it('gives back whatever text was encoded', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(text, (given) => {
        expect(decodeHeader(wire(given), 'utf-8')).toBe(given);
        expect(decodeHeader(encodeURIComponent(given), 'percent')).toBe(given);
        const base64 = Buffer.from(given, 'utf8').toString('base64');
        expect(decodeHeader(base64, 'base64')).toBe(given);
        expect(decodeHeader(`=?utf-8?B?${base64}?=`, 'rfc2047')).toBe(given);
      }),
      runs(1000),
    );
  });

  it('reads base64 exactly where Node writes the same text back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9+/=]{0,12}$/), (raw) => {
        const bytes = Buffer.from(raw, 'base64');
        const isCanonical = bytes.toString('base64') === raw;
        const isUtf8 = Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes);
        expect(decodeHeader(raw, 'base64') !== undefined).toBe(isCanonical && isUtf8);
      }),
      runs(3000),
    );
  });

  it('never throws', () => {
    const encoding = fc.constantFrom('utf-8', 'latin1', 'rfc2047', 'percent', 'base64');
    fc.assert(
      fc.property(encoding, fc.string({ unit: 'binary', maxLength: 60 }), (name, raw) => {
        expect(['string', 'undefined']).toContain(typeof decodeHeader(raw, name));
      }),
      runs(3000),
    );
  });
});

describe('utf8Length', () => {
  it.each([
    ['\x7f', 1],
    ['\x80', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\ud7ff', 3],
    ['\u{10000}', 4],
    ['\u{1f7ff}', 4],
    ['\u{10ffff}', 4],
    ['\ue000', 3],
    ['\uffff', 3],
  ])('of %j is %d', (text, bytes) => {
    expect([utf8Length(text), Buffer.byteLength(text)]).toEqual([bytes, bytes]);
  });

  it('counts what Buffer counts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });
});

describe('trimOws', () => {
  it.each([
    [' \t a b \t', 'a b', 'spaces and tabs'],
    ['\u00a0a\u00a0', '\u00a0a\u00a0', 'no-break space is not white space of HTTP (H12)'],
    ['\na\r', '\na\r', 'line breaks stay, to be refused'],
    ['', '', 'nothing'],
    [' \t ', '', 'nothing else'],
  ])('makes %j to %j: %s', (text, trimmed) => {
    expect(trimOws(text)).toBe(trimmed);
  });
});

it('finds what nobody has filled in behind an encoding, too', () => {
  const profile: HeaderProfile = {
    id: 'encoded',
    user: { header: 'X-User', encoding: 'base64' },
    name: { header: 'X-Name', encoding: 'percent' },
  };
  const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.1', profile, log: false });
  const decide = (user: string, name: string) =>
    authenticate({ peer: '10.0.0.1', rawHeaders: ['X-User', btoa(user), 'X-Name', name] });
  expect(decide('(null)', 'John')).toMatchObject({
    reason: 'header-malformed',
    detail: 'a placeholder that the proxy did not fill in',
  });
  expect(decide('john', '%28null%29')).toMatchObject({ identity: { user: 'john' } });
  expect(decide('john', '%28null%29')).not.toHaveProperty('identity.name');
  expect(decide('john', '%28John%29')).toHaveProperty('identity.name', '(John)');
});
