import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bindIdentity, holdSignIn } from '../src/index.js';
import { isSameBinding, readBinding } from '../src/session/binding.js';
import { isHeld } from '../src/session/hold.js';
import { sha256 } from '../src/session/sha256.js';
import { untyped } from './untyped.js';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const text = fc.string({ unit: 'binary', maxLength: 300 });

describe('SHA-256', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    // The four bytes 61 62 63 64, as two code units.
    ['\u6162\u6364', '88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589'],
  ])('of %j is %s', (message, digest) => {
    expect(sha256(message)).toBe(digest);
  });

  it('is what OpenSSL computes, at each length around a block and for any text', () => {
    const digestOf = (message: string): string =>
      createHash('sha256').update(utf16(message)).digest('hex');
    for (let length = 0; length < 200; length++) {
      const message = '\ud800a\uffff'.repeat(70).slice(0, length);
      expect(sha256(message)).toBe(digestOf(message));
    }
    fc.assert(fc.property(text, (message) => expect(sha256(message)).toBe(digestOf(message))));
  });
});

describe('a binding', () => {
  const groups = fc.array(fc.oneof(text, fc.constantFrom('a', 'b', ',', '"', '__proto__')), {
    maxLength: 40,
  });
  const identity = fc.record({ user: fc.string({ minLength: 1, unit: 'binary' }), groups });

  it('is read again as it was made, through JSON', () => {
    fc.assert(
      fc.property(identity, (who) => {
        const binding = bindIdentity(who);
        expect(readBinding(JSON.parse(JSON.stringify(binding)))).toEqual({ kind: 'ours', binding });
      }),
    );
  });

  it('is that of the same user with the same groups, in any order, and of nobody else', () => {
    fc.assert(
      fc.property(identity, identity, fc.boolean(), (one, other, isSame) => {
        const two = isSame ? { ...one, groups: [...one.groups, ...one.groups].reverse() } : other;
        const setOf = (who: typeof one): string => JSON.stringify([...new Set(who.groups)].sort());
        expect(isSameBinding(bindIdentity(one), bindIdentity(two))).toBe(
          one.user === two.user && setOf(one) === setOf(two),
        );
      }),
    );
  });

  it('holds no name, no email and nothing else of the person', () => {
    const who = { user: 'alice', name: 'Alice', email: 'a@example.com', extra: { tenant: 'x' } };
    expect(bindIdentity(who)).toEqual({ v: 1, via: 'trusted-header', user: 'alice' });
    expect(bindIdentity(untyped(Object.assign(Object.create({ groups: ['ops'] }), who)))).toEqual({
      v: 1,
      via: 'trusted-header',
      user: 'alice',
    });
  });

  it('fits into a cookie, however many groups there are', () => {
    const many = Array.from({ length: 2048 }, (_, i) => `cn=group-${i},ou=groups,dc=example`);
    expect(JSON.stringify(bindIdentity({ user: 'alice', groups: many })).length).toBe(128);
    // The list is kept while it is no longer than 1 024 characters of JSON: `["…"]`.
    const longest = 'g'.repeat(1020);
    expect(bindIdentity({ user: 'a', groups: [longest] }).groups).toEqual([longest]);
    expect(typeof bindIdentity({ user: 'a', groups: [`${longest}g`] }).groups).toBe('string');
  });
});

describe('a hold', () => {
  const NOW = 1_800_000_000_000;

  it('is a day, or what the application says, for one user', () => {
    expect(holdSignIn('alice', NOW)).toEqual({ v: 1, user: 'alice', until: NOW + 86_400_000 });
    const hold = JSON.parse(JSON.stringify(holdSignIn('alice', NOW, 60)));
    expect(isHeld(hold, 'alice', NOW + 59_999)).toBe(true);
    expect(isHeld(hold, 'alice', NOW + 60_000)).toBe(false);
    expect(isHeld(hold, 'Alice', NOW)).toBe(false);
  });

  it.each([
    [undefined, 'nothing'],
    [null, 'nothing'],
    ['alice', 'a name'],
    [{ user: 'alice', until: NOW + 1 }, 'no version'],
    [{ v: 1, user: 'alice' }, 'no end'],
    [{ v: 1, user: 'alice', until: `${NOW + 1}` }, 'an end that is a text'],
    [{ v: 1, user: ['alice'], until: NOW + 1 }, 'a user that is a list'],
    [Object.create({ v: 1, user: 'alice', until: NOW + 1 }), 'inherited'],
  ])('is not %j: %s', (hold, _why) => {
    expect(isHeld(hold, 'alice', NOW)).toBe(false);
  });
});
