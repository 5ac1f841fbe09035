import { describe, expect, it } from '@jest/globals';
import { ConfigError, createAuthenticator, defineProfile } from '../src/index.js';
import * as profiles from '../src/profiles/index.js';
import { authelia } from '../src/profiles/index.js';

const SETTINGS = {
  id: 'ours',
  user: { header: 'X-Our-User' },
  groups: { header: 'X-Our-Groups', separator: ';' },
  extra: { id: { header: 'X-Our-Id' } },
  nobody: ['guest'],
  alsoStripped: [],
};

function errorOf(settings: unknown): ConfigError {
  try {
    Reflect.apply(defineProfile, undefined, [settings]);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('no ConfigError');
}

describe('defineProfile', () => {
  it('gives what it was given, as createAuthenticator takes it', () => {
    const profile = defineProfile(SETTINGS);
    expect(profile).toEqual(SETTINGS);
    const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.7', profile });
    const rawHeaders = ['X-Our-User', 'john', 'X-Our-Groups', 'a;b', 'X-Our-Id', '7'];
    expect(authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({
      identity: { user: 'john', groups: ['a', 'b'], extra: { id: '7' } },
    });
  });

  it('keeps the literal types, for those who read them', () => {
    const profile = defineProfile({ id: 'ours', user: { header: 'X-Our-User' } });
    const id: 'ours' = profile.id;
    const header: 'X-Our-User' = profile.user.header;
    expect([id, header]).toEqual(['ours', 'X-Our-User']);
  });

  it('lets nobody change it afterwards, and changes nothing itself', () => {
    const given = structuredClone(SETTINGS);
    const profile = defineProfile(given);
    given.user.header = 'X-Changed';
    given.nobody.push('john');
    expect(profile).toEqual(SETTINGS);
    const parts: readonly object[] = [
      profile,
      profile.user,
      profile.groups,
      profile.extra,
      profile.extra.id,
      profile.nobody,
    ];
    expect(parts.map(Object.isFrozen)).toEqual(parts.map(() => true));
    expect(parts.map((part) => Array.isArray(part))).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('makes one of another', () => {
    const profile = defineProfile({ ...authelia, id: 'ours', user: { header: 'X-Our-User' } });
    expect(profile).toEqual({
      id: 'ours',
      user: { header: 'X-Our-User' },
      groups: { header: 'Remote-Groups', separator: ',' },
      name: { header: 'Remote-Name' },
      email: { header: 'Remote-Email' },
    });
    expect(Object.isFrozen(authelia)).toBe(false);
  });

  it.each<[unknown, string]>([
    [undefined, 'profile: undefined is not a profile'],
    ['authelia', 'profile: "authelia" is not a profile'],
    [{ id: 'x' }, 'profile.user: undefined names no header'],
    [{ id: 'x', user: { header: 'Cookie' } }, 'profile.user.header: "Cookie" has a meaning'],
    [{ ...SETTINGS, name: { header: 'x_our_user' } }, 'profile.name.header: "x_our_user" is the'],
    [
      { user: { header: 'X-User' } },
      "profile.id: undefined is no name; write a short one, such as 'ours'",
    ],
    [
      { ...SETTINGS, nobody: 'guest' },
      `profile.nobody: "guest" is not a list of names; write for example ['anonymous']`,
    ],
    [{ id: '', user: { header: 'X-User' } }, 'profile.id: "" is no name'],
    [{ id: 'a\nb', user: { header: 'X-User' } }, 'profile.id: "a\\nb" is no name'],
  ])('refuses %j at once', (settings, message) => {
    const error = errorOf(settings);
    expect(error.code).toBe('profile-invalid');
    expect(error.message).toContain(message);
  });

  it('names every fault in one error', () => {
    const { issues } = errorOf({ id: 'x', user: { header: '' }, groups: { header: 'a b' } });
    expect(issues.map(({ option }) => option)).toEqual([
      'profile.user.header',
      'profile.groups.header',
    ]);
  });

  it('takes every profile that is known', () => {
    for (const profile of Object.values(profiles.KNOWN_PROFILES)) {
      expect(defineProfile(profile)).toEqual(profile);
    }
  });

  it.each([
    ['::', 'a:b::c', ['a:b', 'c']],
    [',ü', 'a,b,üc', ['a,b', 'c']],
    ['ü,', 'a,bü,c', ['a,b', 'c']],
  ])('separates groups by the whole of %s', (separator, line, groups) => {
    const profile = defineProfile({ ...authelia, groups: { header: 'Remote-Groups', separator } });
    const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.7', profile });
    const bytes = Buffer.from(line).toString('latin1');
    const more = ['Remote-Name', 'John', 'Remote-Email', 'john@example.com'];
    const rawHeaders = ['Remote-User', 'john', 'Remote-Groups', bytes, ...more];
    expect(authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({ identity: { groups } });
  });

  it('reads of a header what a header of its kind may say, though it inherits more', () => {
    const user = Object.assign(Object.create({ separator: 'line' }), { header: 'Remote-User' });
    const profile = { id: 'ours', user };
    // The second is a copy of what is its own.
    for (const given of [profile, defineProfile(profile)]) {
      const { authenticate } = createAuthenticator({
        trustedProxies: '10.0.0.7',
        profile: given,
        log: false,
      });
      const rawHeaders = ['Remote-User', 'john', 'Remote-User', 'eve'];
      expect(authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({
        reason: 'header-repeated',
      });
    }
  });

  it('is also where the profiles are', () => {
    expect(profiles.defineProfile).toBe(defineProfile);
  });
});
