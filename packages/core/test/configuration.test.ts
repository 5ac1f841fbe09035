import { describe, expect, it } from '@jest/globals';
import { ConfigError, createAuthenticator, resolveAdapterOptions } from '../src/index.js';
import { authelia } from '../src/profiles/index.js';

function errorOf(make: (...args: unknown[]) => unknown, options: unknown): ConfigError {
  try {
    make(options);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const create = (options: unknown): unknown =>
  Reflect.apply(createAuthenticator, undefined, [options]);
const resolve = (options: unknown): unknown =>
  Reflect.apply(resolveAdapterOptions, undefined, [options]);
const ok = { trustedProxies: '172.20.0.2' };

describe('the options of createAuthenticator', () => {
  it.each([
    [undefined, 'option-invalid', 'options'],
    ['172.20.0.2', 'option-invalid', 'options'],
    [{}, 'trusted-proxies-empty', 'trustedProxies'],
    [{ trustProxy: '172.20.0.2' }, 'option-invalid', 'trustProxy'],
    [{ ...ok, requried: ['groups'] }, 'option-invalid', 'requried'],
    [{ ...ok, untrusted: 'allow' }, 'option-invalid', "'refuse' or 'ignore'"],
    [{ ...ok, required: 'groups' }, 'option-invalid', 'groups, name, email'],
    [{ ...ok, required: ['user'] }, 'option-invalid', 'groups, name, email'],
    [{ ...ok, limits: 7 }, 'option-invalid', 'limits'],
    [{ ...ok, limits: { users: 7 } }, 'option-invalid', 'limits.users'],
    [{ ...ok, limits: { userBytes: 0 } }, 'option-invalid', 'limits.userBytes'],
    [{ ...ok, limits: { groups: Number.POSITIVE_INFINITY } }, 'option-invalid', 'limits.groups'],
    [{ ...ok, limits: { groups: '9' } }, 'option-invalid', 'limits.groups'],
    [{ ...ok, onDecision: 'x' }, 'option-invalid', 'onDecision'],
    [{ ...ok, log: true }, 'option-invalid', 'log'],
    [
      { ...ok, profile: { id: 'x', user: { header: 'X-User' } }, required: ['groups'] },
      'option-invalid',
      'profile.groups',
    ],
  ])('refuses %p as %s, naming %j', (options, code, says) => {
    const error = errorOf(create, options);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });

  it('names all faults at once', () => {
    expect(
      errorOf(create, { ...ok, untrusted: 'x', log: 1, nope: 1 }).issues.map(
        ({ option }) => option,
      ),
    ).toEqual(['nope', 'untrusted', 'log']);
  });

  it('takes every option', () => {
    expect(() =>
      createAuthenticator({
        ...ok,
        profile: authelia,
        required: ['groups', 'name', 'email'],
        untrusted: 'refuse',
        limits: { groups: 1 },
        onDecision: () => undefined,
        log: false,
      }),
    ).not.toThrow();
  });

  it.each([
    ['Remote_User', 'Remote-User', 'underscore (H8)'],
    ['Remote User', 'RFC 9110', 'no token'],
    ['Remote-User:', 'RFC 9110', 'no token'],
    ['', 'RFC 9110', 'empty'],
    ['Rémote', 'RFC 9110', 'not ASCII'],
    [7, 'RFC 9110', 'no string'],
    ['Cookie', 'a header of its own', 'Node folds it'],
    ['HOST', 'a header of its own', 'Node drops the second'],
    ['Authorization', 'a header of its own', 'Node drops the second'],
    ['From', 'a header of its own', 'Node drops the second'],
    ['X-Forwarded-For', 'a header of its own', 'names a client'],
    ['Connection', 'a header of its own', 'hop-by-hop'],
  ])('refuses the header name %p: %s, %s', (header, says, _why) => {
    const error = errorOf(create, { ...ok, profile: { id: 'x', user: { header } } });
    expect(error.code).toBe('profile-invalid');
    expect(error.message).toContain('profile.user.header');
    expect(error.message).toContain(says);
  });

  it.each([
    ['x', 'profile', 'no object'],
    [{ id: 'x' }, 'profile.user', 'no user header'],
    [{ id: 'x', user: 'X-User' }, 'profile.user', 'no header object'],
    [{ id: 'x', user: { header: 'X-User' }, group: {} }, 'profile.group', 'misspelt'],
    [
      { id: 'x', user: { header: 'X-User', encodings: 'utf-8' } },
      'profile.user.encodings',
      'misspelt',
    ],
    [
      { id: 'x', user: { header: 'X-User', encoding: 'utf8' } },
      'profile.user.encoding',
      'no encoding of ours',
    ],
    [
      { id: 'x', user: { header: 'X-User', separator: ',' } },
      'profile.user.separator',
      'a user is one',
    ],
    [
      { id: 'x', user: { header: 'X-User' }, groups: { header: 'X-Groups', separator: '' } },
      'profile.groups.separator',
      'would split into letters',
    ],
    [
      { id: 'x', user: { header: 'X-User' }, groups: { header: 'x-user' } },
      'profile.groups.header',
      'the same header twice',
    ],
    [
      { id: 'x', user: { header: 'X-User' }, name: { header: 'X.User' } },
      'profile.name.header',
      'an alias of another',
    ],
    [
      { id: 'x', user: { header: 'X-User' }, extra: { uid: { header: 'X-USER' } } },
      'profile.extra.uid.header',
      'the same header twice',
    ],
  ])('refuses the profile %p, naming %s: %s', (profile, option, _why) => {
    const error = errorOf(create, { ...ok, profile });
    expect(error.code).toBe('profile-invalid');
    expect(error.issues.map((issue) => issue.option)).toContain(option);
  });

  it('quotes values that cannot be written as JSON', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(errorOf(create, { ...ok, log: circular }).message).toContain('a object');
    expect(errorOf(create, { ...ok, untrusted: () => 1 }).message).toContain('a function');
    expect(errorOf(create, { ...ok, untrusted: Symbol('x') }).message).toContain('Symbol(x)');
  });
});

describe('resolveAdapterOptions', () => {
  const authenticator = createAuthenticator(ok);

  it('takes options, a ready authenticator, or one with a mode', () => {
    expect(resolveAdapterOptions(ok).anonymous).toBe('refuse');
    expect(resolveAdapterOptions({ ...ok, anonymous: 'allow' }).anonymous).toBe('allow');
    expect(resolveAdapterOptions(authenticator)).toEqual({ authenticator, anonymous: 'refuse' });
    expect(resolveAdapterOptions({ authenticator, anonymous: 'allow' })).toEqual({
      authenticator,
      anonymous: 'allow',
    });
  });

  it.each([
    [undefined, 'trusted-proxies-empty', 'trustedProxies'],
    [{ ...ok, anonymous: true }, 'option-invalid', "'refuse' or 'allow'"],
    [{ ...ok, anonymus: 'allow' }, 'option-invalid', 'anonymus'],
    [{ authenticator: {} }, 'option-invalid', 'authenticator'],
    [{ authenticator, trustedProxies: '10.0.0.1' }, 'option-invalid', 'trustedProxies'],
  ])('refuses %p as %s, naming %j', (options, code, says) => {
    const error = errorOf(resolve, options);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });
});
