import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasDuplicateMembers } from '../src/compact/has-duplicate-members.js';
import { isBase64url } from '../src/compact/is-base64url.js';
import { MOST_CHARACTERS, readCompact } from '../src/compact/read-compact.js';

const HEADER = 'eyJhbGciOiJSUzI1NiJ9'; // {"alg":"RS256"}

describe('a compact token', () => {
  it('has a header that is read, and nothing else', () => {
    expect(readCompact(`${HEADER}.e30.c2ln`)).toEqual({
      text: `${HEADER}.e30.c2ln`,
      header: { alg: 'RS256' },
    });
  });

  it.each([
    ['nothing', '', 'one part instead of three'],
    ['one part', HEADER, 'one part instead of three'],
    ['no signature', `${HEADER}.e30`, '2 parts instead of three'],
    ['a dot at the end', `${HEADER}.e30.c2ln.`, '4 parts instead of three'],
    ['an encrypted token', `${HEADER}.a.b.c.d`, '5 parts instead of three'],
    ['an empty signature, as of alg none', `${HEADER}.e30.`, /^a part that is not base64url/],
    ['an empty payload', `${HEADER}..c2ln`, /^a part/],
    ['a space at the end', `${HEADER}.e30.c2ln `, /^a part/],
    ['a line end', `${HEADER}.e30.c2ln\n`, /^a part/],
    ['padding', `${HEADER}.e30=.c2ln`, /^a part/],
    ['base64 of the other alphabet', `${HEADER}.e30.+/+/`, /^a part/],
    ['another spelling of the last character', `${HEADER}.e31.c2ln`, /^a part/],
    ['a length that no bytes have', `${HEADER}.e30.c2lna`, /^a part/],
    ['a comma, as two lines joined', `${HEADER}.e30.c2ln,${HEADER}.e30.c2ln`, /parts/],
    ['a header that is a list', 'W10.e30.c2ln', /^its header is no JSON object/],
    ['a header that is null', 'bnVsbA.e30.c2ln', /^its header/],
    ['a header that is no JSON', 'e30x.e30.c2ln', /^its header/],
    [
      'a header that is no UTF-8',
      `${Buffer.from('{"a":"\xff"}', 'latin1').toString('base64url')}.e30.c2ln`,
      /^its header/,
    ],
    [
      'alg twice',
      `${Buffer.from('{"alg":"RS256","alg":"none"}').toString('base64url')}.e30.c2ln`,
      /^its header/,
    ],
    [
      'a byte order mark',
      `${Buffer.from('\ufeff{}').toString('base64url')}.e30.c2ln`,
      /^its header/,
    ],
  ])('is not read with %s', (_, text, problem) => {
    expect(readCompact(text)).toEqual({
      problem: typeof problem === 'string' ? problem : expect.stringMatching(problem),
    });
  });

  it('is measured before it is looked at', () => {
    const dots = '.'.repeat(3_000_000);
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      expect(readCompact(dots)).toEqual({ problem: `3000000 characters > ${MOST_CHARACTERS}` });
      return performance.now() - start;
    });
    // The least of them: a busy machine makes single ones longer.
    expect(Math.min(...times)).toBeLessThan(20);
  });

  it('may have padding where the provider writes it', () => {
    const padded = 'eyJhbGciOiJFUzI1NiIsImEiOjF9.e30=.c2lnbg==';
    expect(readCompact(padded, true)).toEqual({ text: padded, header: { alg: 'ES256', a: 1 } });
    expect(readCompact(padded.replace('e30=', 'e30=='), true)).toHaveProperty('problem');
    expect(readCompact(padded.replace('e30=', 'e3=0'), true)).toHaveProperty('problem');
  });

  it('is read or refused, and never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, padded) => {
        expect(readCompact(text, padded)).toEqual(expect.anything());
      }),
    );
  });

  it('has no second spelling: of all texts with the same bytes one is read', () => {
    const bytesAndLast = [fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.nat(63)] as const;
    const property = fc.property(...bytesAndLast, (bytes, last) => {
      const text = Buffer.from(bytes).toString('base64url');
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      const other = text.slice(0, -1) + alphabet[last];
      const same = Buffer.from(other, 'base64url').equals(Buffer.from(bytes));
      expect(isBase64url(text)).toBe(true);
      if (same && other !== text) expect(isBase64url(other)).toBe(false);
    });
    fc.assert(property);
  });
});

describe('members that are there twice', () => {
  it.each([
    ['{"a":1,"a":2}', true],
    ['{"a":1,"\\u0061":2}', true],
    ['{"a":{"b":1,"b":2}}', true],
    ['[{"a":1,"a":1}]', true],
    ['{"a" : 1 , "a" : 2}', true],
    ['{"__proto__":1,"__proto__":2}', true],
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}', false],
    ['{"a":"\\"a\\":1,","b":"{\\"a\\":1}"}', false],
    ['{"a":"b","b":"a"}', false],
    ['["a","a"]', false],
    ['{"\\\\":1,"\\"":2}', false],
  ])('in %s: %s', (json, expected) => {
    expect(hasDuplicateMembers(json)).toBe(expected);
  });

  it('are never seen in what JSON.stringify wrote', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      expect(hasDuplicateMembers(JSON.stringify(value))).toBe(false);
      expect(hasDuplicateMembers(JSON.stringify(value, null, 2))).toBe(false);
    });
    fc.assert(property);
  });

  it('are seen wherever they are put', () => {
    const property = fc.property(
      fc.string(),
      fc.jsonValue(),
      fc.jsonValue(),
      (name, one, other) => {
        const twice = `{${JSON.stringify(name)}:${JSON.stringify(one)},${JSON.stringify(name)}:${JSON.stringify(other)}}`;
        expect(hasDuplicateMembers(`[0,{"x":${twice}}]`)).toBe(true);
      },
    );
    fc.assert(property);
  });
});
