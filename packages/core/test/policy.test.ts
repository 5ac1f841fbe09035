import { describe, expect, it } from '@jest/globals';
import {
  authorize,
  ConfigError,
  compileGuard,
  compilePolicy,
  type Policy,
  refusalOf,
} from '../src/index.js';

const john = { user: 'John', groups: ['dev', 'Ops'] };

describe('authorize (P1)', () => {
  it.each([
    // policy, verdict, why
    [{ users: ['John'] }, 'allowed', 'named'],
    [{ users: ['john'] }, 'user-not-allowed', 'exact by default'],
    [{ users: ['john'], match: 'lower' }, 'allowed', 'lower-cased on both sides'],
    [{ users: ['JOHN'], match: 'lower' }, 'allowed', 'lower-cased on both sides'],
    [{ users: ['jane'], match: 'lower' }, 'user-not-allowed', 'another name'],
    [{ users: ['John'], match: 'exact' }, 'allowed', 'the default, spelt out'],
    [{ users: [] }, 'user-not-allowed', 'an empty list admits nobody'],
    [{ groups: { anyOf: ['admin', 'dev'] } }, 'allowed', 'one of them'],
    [{ groups: { anyOf: ['admin'] } }, 'group-missing', 'none of them'],
    [{ groups: { anyOf: [] } }, 'group-missing', 'an empty list admits nobody'],
    [{ groups: { allOf: ['dev', 'Ops'] } }, 'allowed', 'both'],
    [{ groups: { allOf: ['dev', 'admin'] } }, 'group-missing', 'not both'],
    [{ groups: { allOf: [] } }, 'group-missing', 'an empty list admits nobody, not everybody'],
    [{ groups: { anyOf: ['dev'], allOf: ['Ops'] } }, 'allowed', 'all conditions hold'],
    [{ groups: { anyOf: ['dev'], allOf: ['admin'] } }, 'group-missing', 'one does not'],
    [
      { users: ['John'], groups: { anyOf: ['admin'] } },
      'group-missing',
      'all conditions must hold',
    ],
    [
      { users: ['jane'], groups: { anyOf: ['dev'] } },
      'user-not-allowed',
      'all conditions must hold',
    ],
    [{ groups: { anyOf: ['ops'] }, match: 'lower' }, 'allowed', 'groups lower-cased too'],
    [{}, 'policy-empty', 'no condition admits nobody'],
    [{ groups: {} }, 'policy-empty', 'no condition admits nobody'],
    [{ match: 'lower' }, 'policy-empty', 'no condition admits nobody'],
    [{ groups: { anyOf: ['de'] } }, 'group-missing', 'no partial match'],
  ] satisfies [Policy, string, string][])('%j is %s: %s', (policy, verdict, _why) => {
    const authorization = authorize(john, policy);
    expect(authorization.kind === 'denied' ? authorization.reason : authorization.kind).toBe(
      verdict,
    );
  });

  it.each([
    [{ groups: { anyOf: ['dev'] } }, 'group-missing', 'no groups header: no groups'],
    [{ users: ['constructor'] }, 'user-not-allowed', 'no inherited names'],
  ] satisfies [Policy, string, string][])(
    'denies an identity without groups under %j as %s: %s',
    (policy, reason, _why) => {
      expect(authorize({ user: 'jane' }, policy)).toEqual({ kind: 'denied', reason });
    },
  );

  it('lower-cases names, and does not upper-case them', () => {
    const policy = { users: ['Straße'], match: 'lower' } as const;
    expect(authorize({ user: 'STRASSE' }, policy).kind).toBe('denied');
    expect(authorize({ user: 'STRAßE' }, policy).kind).toBe('allowed');
  });

  it('compares code point for code point, as identities are (H5)', () => {
    const verdict = (user: string, name: string): string =>
      authorize({ user, groups: [user] }, { users: [name], groups: { allOf: [name] } }).kind;
    expect(verdict('J\u00fcrgen', 'Ju\u0308rgen')).toBe('denied');
    expect(verdict('Ju\u0308rgen', 'J\u00fcrgen')).toBe('denied');
    expect(verdict('Ju\u0308rgen', 'Ju\u0308rgen')).toBe('allowed');
  });

  it.each([
    ['\u212aevin', 'kevin', 'denied', 'KELVIN SIGN: its lower case is k, which is of K'],
    ['\u0130smail', 'i\u0307smail', 'denied', 'its lower case is two characters'],
    ['\u0130smail', 'ismail', 'denied', 'and never an i alone'],
    ['\u1e9e', '\u00df', 'denied', 'sharp s: the upper case of the small one is SS'],
    ['\u01c5', '\u01c6', 'denied', 'title case: the upper case of the small one is another'],
    ['\u2126', '\u03c9', 'denied', 'OHM SIGN'],
    ['\u03a9', '\u03c9', 'allowed', 'Greek omega'],
    ['\u039f\u0394\u039f\u03a3', '\u03bf\u03b4\u03bf\u03c3', 'allowed', 'sigma'],
    ['\u039f\u03a3', '\u03bf\u03c2', 'denied', 'final sigma, which is no case of its own'],
    ['\u{10400}', '\u{10428}', 'allowed', 'outside the first plane'],
    ['\u0416\u042f', '\u0436\u044f', 'allowed', 'Cyrillic'],
  ])('in lower case, %j is %j: %s, %s', (user, name, verdict, _why) => {
    expect(authorize({ user }, { users: [name], match: 'lower' }).kind).toBe(verdict);
    expect(authorize({ user: name }, { users: [user], match: 'lower' }).kind).toBe(verdict);
  });

  it.each([
    [undefined, 'policy'],
    ['admin', 'policy'],
    [[], 'policy'],
    [{ groups: ['admin'] }, 'policy.groups.0'],
    [{ groups: 'admin' }, 'policy'],
    [{ group: { anyOf: ['admin'] } }, 'policy.group'],
    [{ groups: { any: ['admin'] } }, 'policy.groups.any'],
    [{ users: 'john' }, 'policy.users'],
    [{ users: undefined }, 'policy.users'],
    [{ groups: { anyOf: undefined } }, 'policy.groups.anyOf'],
    [{ groups: { allOf: [7] } }, 'policy.groups.allOf'],
    // The user alone would be enough.
    [{ users: ['John'], groups: {} }, 'policy.groups'],
    [{ users: ['John'], groups: [] }, 'policy.groups'],
    [{ users: ['John'], groups: undefined }, 'policy.groups'],
    [{ users: ['john'], match: 'i' }, 'policy.match'],
  ])('refuses the policy %p at construction, naming %s', (policy, option) => {
    const make = (): unknown => Reflect.apply(compilePolicy, undefined, [policy]);
    expect(make).toThrow(ConfigError);
    expect(make).toThrow(`${option}:`);
  });
});

describe('compileGuard', () => {
  const authenticated = {
    kind: 'authenticated',
    identity: john,
    source: { kind: 'address', address: '10.0.0.1' },
  } as const;
  const anonymous = { kind: 'anonymous', trusted: true } as const;
  const refused = { kind: 'refused', reason: 'user-missing' } as const;

  it('passes an identity that the policy admits, and nothing else', () => {
    const guard = compileGuard({ users: ['John'] });
    expect([guard(authenticated), guard(anonymous), guard(refused)]).toEqual([
      undefined,
      anonymous,
      refused,
    ]);
    expect(compileGuard({ users: ['jane'] })(authenticated)).toEqual({
      kind: 'denied',
      reason: 'user-not-allowed',
    });
  });

  it('passes every identity without a policy', () => {
    expect([authenticated, anonymous, refused].map((decision) => compileGuard()(decision))).toEqual(
      [undefined, anonymous, refused],
    );
  });

  it('never lets a refused request through, whatever the mode', () => {
    expect(refusalOf(refused, 'allow')).toBe(refused);
    expect(refusalOf(anonymous, 'allow')).toBeUndefined();
    expect(refusalOf(anonymous, 'refuse')).toBe(anonymous);
    expect(refusalOf(authenticated, 'refuse')).toBeUndefined();
  });
});

describe('a policy that cannot be used', () => {
  it.each([
    ['admin', `policy: "admin" is not a policy; write { groups: { anyOf: ['admin'] } }`],
    [
      { groups: 'admin' },
      `policy: {"groups":"admin"} is not a policy; write { groups: { anyOf: ['admin'] } }`,
    ],
    [{ users: 'john' }, `policy.users: "john" is not a list of names; write for example ['admin']`],
    [
      { groups: { anyOf: [7] } },
      "policy.groups.anyOf: [7] is not a list of names; write for example ['admin']",
    ],
    [
      { groups: { allOf: undefined } },
      "policy.groups.allOf: undefined is not a list of names; write for example ['admin']",
    ],
    [
      { match: 'loose', users: ['x'] },
      `policy.match: "loose" is not a choice; write 'exact' or 'lower'`,
    ],
    [
      { users: ['x'], groups: {} },
      "policy.groups: {} asks for no group; write for example { anyOf: ['admin'] }, or leave it out",
    ],
    [{ user: ['x'] }, 'policy.user: "user" is not a setting; write one of users, groups, match'],
  ])('%j is refused in full: %s', (policy, message) => {
    const compile = (): unknown => Reflect.apply(compilePolicy, undefined, [policy]);
    expect(compile).toThrow(expect.objectContaining({ code: 'policy-invalid', message }));
  });
});
