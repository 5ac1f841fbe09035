import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import {
  ConfigError,
  createAuthenticator,
  type RequiredValue,
  resolveAdapterOptions,
} from '../src/index.js';
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

  it.each([
    [
      '172.20.0.2',
      `options: "172.20.0.2" is no options object; write { trustedProxies: ['172.20.0.2'] }`,
    ],
    [
      { ...ok, requried: ['groups'] },
      'requried: "requried" is not a setting; write one of trustedProxies, optional, profile, required, untrusted, limits, otherProfiles, sharedSecret, clientCertificate, onDecision, log, logUsers',
    ],
    [
      { ...ok, untrusted: 'allow' },
      `untrusted: "allow" is not a choice; write 'refuse' or 'ignore'`,
    ],
    [
      { ...ok, required: ['groups', 'user'] },
      'required: ["groups","user"] is not a list of values; write some of groups, name, email',
    ],
    [{ ...ok, limits: 7 }, 'limits: 7 is no object of limits; write for example { groups: 1000 }'],
    [
      { ...ok, limits: null },
      'limits: null is no object of limits; write for example { groups: 1000 }',
    ],
    [
      { ...ok, limits: { users: 7 } },
      'limits.users: "users" is not a setting; write one of userBytes, nameBytes, emailBytes, extraBytes, groupsBytes, groups, groupBytes',
    ],
    [
      { ...ok, limits: { userBytes: 0 } },
      'limits.userBytes: 0 is not a whole number from 1; write a number such as 256, or leave it out',
    ],
    [
      { ...ok, onDecision: 'x' },
      'onDecision: "x" is not a function; write (event) => …, or leave it out',
    ],
    [{ ...ok, log: true }, 'log: true is not a function; write (line) => …, or false for no log'],
    [
      {
        ...ok,
        profile: { id: 'x', user: { header: 'X-User' }, name: { header: 'X-Name' } },
        required: ['groups', 'name'],
      },
      'required: "groups" has no header in the profile; name one in profile.groups, or do not require it',
    ],
    [
      { trustedProxies: 7 },
      "trustedProxies: 7 is neither a list nor a string of addresses; write ['172.20.0.2'] or '172.20.0.2'",
    ],
    [
      { trustedProxies: '' },
      'trustedProxies: "" names no proxy, and there is no default; set it to the address from which your reverse proxy connects (TRUSTED_PROXIES=172.20.0.2); if header login may be off, write optional: true',
    ],
    [
      { trustedProxies: [7] },
      "trustedProxies[0]: 7 is not a string; write addresses as strings, such as '172.20.0.2'",
    ],
    [
      { trustedProxies: '0.0.0.0/1,128.0.0.0/1' },
      'trustedProxies: "0.0.0.0/1,128.0.0.0/1" together trusts every IPv4 address there is; write the address of the proxy, such as 172.20.0.2',
    ],
    [
      { ...ok, profile: 7 },
      'profile: 7 is not a profile; import one, such as authelia, or write { id, user: { header } }',
    ],
    [
      { ...ok, profile: { id: 'x' } },
      "profile.user: undefined names no header; write { header: 'Remote-User' }",
    ],
    [
      { ...ok, profile: { id: 'x', user: 'X-User' } },
      `profile.user: "X-User" is not a header; write { header: 'Remote-User' }`,
    ],
    [
      { ...ok, profile: { id: 'x', user: { header: 'X-User', encoding: 'utf8' } } },
      'profile.user.encoding: "utf8" is not an encoding; write one of utf-8, latin1, rfc2047, percent, base64, base64url',
    ],
    [
      {
        ...ok,
        profile: {
          id: 'x',
          user: { header: 'X-User' },
          groups: { header: 'X-Groups', separator: '' },
        },
      },
      `profile.groups.separator: "" separates nothing; write ',' or '|', or 'line' for one group per header line`,
    ],
    [
      {
        ...ok,
        profile: {
          id: 'x',
          user: { header: 'X-User' },
          groups: { header: 'X-Groups', separator: 7 },
        },
      },
      "profile.groups.separator: 7 separates nothing; write ',' or '|', or 'line' for one group per header line",
    ],
    [
      { ...ok, profile: { id: 'x', user: { header: 'X User' } } },
      `profile.user.header: "X User" is not a header name (RFC 9110 token); write for example 'Remote-User'`,
    ],
    [
      { ...ok, profile: { id: 'x', user: { header: 'Cookie' } } },
      'profile.user.header: "Cookie" has a meaning of its own: servers fold, drop or rewrite it; choose a header of its own, such as Remote-User',
    ],
    [
      {
        ...ok,
        profile: { id: 'x', user: { header: 'X-User' }, extra: { uid: { header: 'X-USER' } } },
      },
      'profile.extra.uid.header: "X-USER" is the header of profile.user too; give each value a header of its own',
    ],
    [
      {
        ...ok,
        profile: {
          id: 'x',
          user: { header: 'X-User' },
          extra: { uid: { header: 'X-Uid' }, gid: { header: 'X.Uid' } },
        },
      },
      'profile.extra.gid.header: "X.Uid" is the header of profile.extra.uid too; give each value a header of its own',
    ],
    [
      {
        ...ok,
        profile: {
          id: 'x',
          user: { header: 'X-User' },
          name: { header: 'X-Name' },
          email: { header: 'X-Name' },
        },
      },
      'profile.email.header: "X-Name" is the header of profile.name too; give each value a header of its own',
    ],
  ])('says of %j in full: %s', (options, message) => {
    expect(errorOf(create, options).message).toBe(message);
  });

  it.each(
    [
      // Node drops all lines but the first, or joins them in its own way (documentation of `message.headers`).
      'age authorization content-length content-type etag expires from host if-modified-since if-unmodified-since',
      'last-modified location max-forwards proxy-authorization referer retry-after server user-agent cookie set-cookie',
      // RFC 9110 section 7.6.1: they belong to the connection.
      'connection keep-alive proxy-connection te trailer transfer-encoding upgrade',
      // They name a client, not a user.
      'forwarded x-forwarded-for x-real-ip',
    ].flatMap((names) => names.split(' ')),
  )('refuses the header name %s, in any case', (name) => {
    for (const header of [name, name.toUpperCase()]) {
      const { issues } = errorOf(create, { ...ok, profile: { id: 'x', user: { header } } });
      expect(issues.map(({ problem }) => problem)).toEqual([
        'has a meaning of its own: servers fold, drop or rewrite it',
      ]);
    }
  });

  it('names all faults at once', () => {
    expect(
      errorOf(create, { ...ok, untrusted: 'x', log: 1, nope: 1 }).issues.map(
        ({ option }) => option,
      ),
    ).toEqual(['nope', 'untrusted', 'log']);
  });

  it('keeps what is required, whatever becomes of the list that said so', () => {
    const required: RequiredValue[] = ['email'];
    const { authenticate } = createAuthenticator({ ...ok, required, log: false });
    const email = (...lines: string[]) =>
      authenticate({ peer: ok.trustedProxies, rawHeaders: ['Remote-User', 'john', ...lines] });
    required.length = 0;
    expect(email()).toMatchObject({ reason: 'header-missing' });
    required.push('groups');
    expect(email('Remote-Email', 'j@x.test')).toMatchObject({ kind: 'authenticated' });
    expect(email('Remote-Email', 'JÃ¶rg@x.test')).toMatchObject({ kind: 'authenticated' });
  });

  it('trusts nobody whom the options do not name themselves', () => {
    const options = Object.assign(Object.create({ trustedProxies: '6.6.6.6' }), { log: false });
    expect(errorOf(create, options).code).toBe('trusted-proxies-empty');
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
    ['X_Forwarded_For', 'a header of its own', 'the same to lax servers'],
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

  it('names a faulty extra header by its key', () => {
    const error = errorOf(create, {
      ...ok,
      profile: { id: 'x', user: { header: 'X-User' }, extra: { uid: { header: 'X User' } } },
    });
    expect(error.issues.map((issue) => issue.option)).toEqual(['profile.extra.uid.header']);
  });

  it('quotes values that cannot be written as JSON', () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(errorOf(create, { ...ok, log: circular }).message).toContain('a object');
    expect(errorOf(create, { ...ok, untrusted: () => 1 }).message).toContain('a function');
    expect(errorOf(create, { ...ok, untrusted: Symbol('x') }).message).toContain('Symbol(x)');
  });
});

describe('an error that nobody catches', () => {
  it('says what is wrong first, and says it once', () => {
    const printed = inspect(errorOf(create, { trustedProxies: 'traefik' }));
    expect(printed).toMatch(/^ConfigError: trustedProxies\[0\]: "traefik" is a host name/);
    expect(printed.match(/is a host name/g)).toHaveLength(1);
    expect(printed).toContain("code: 'trusted-proxy-invalid'");
  });
});

describe('resolveAdapterOptions', () => {
  const authenticator = createAuthenticator(ok);

  it.each([
    [{ otherProfiles: 'refuse' }],
    [{ otherProfiles: 'ignore' }],
    [{ untrusted: 'refuse' }],
    [{ untrusted: 'ignore' }],
  ])('takes each choice that there is: %j', (choice) => {
    expect(() => resolve({ ...ok, ...choice })).not.toThrow();
  });

  it('takes options, a ready authenticator, or one with a mode', () => {
    expect(resolveAdapterOptions(ok).anonymous).toBeUndefined();
    expect(resolveAdapterOptions({ ...ok, anonymous: 'allow' }).anonymous).toBe('allow');
    expect(resolveAdapterOptions(authenticator)).toEqual({ authenticator });
    expect(resolveAdapterOptions({ authenticator, anonymous: 'allow' })).toEqual({
      authenticator,
      anonymous: 'allow',
    });
  });

  it.each([
    [undefined, 'trusted-proxies-empty', 'trustedProxies'],
    [null, 'trusted-proxies-empty', 'trustedProxies'],
    // What people write who think of a list only: as an object, text is its letters.
    ['172.20.0.2', 'option-invalid', 'options: "172.20.0.2" is no options object'],
    [['172.20.0.2'], 'option-invalid', 'options: ["172.20.0.2"] is no options object'],
    [7, 'option-invalid', 'options: 7 is no options object'],
    [() => ok, 'option-invalid', 'options: a function is no options object'],
    [{ ...ok, anonymous: true }, 'option-invalid', "'refuse', 'allow' or (request) => …"],
    [{ ...ok, anonymus: 'allow' }, 'option-invalid', 'anonymus'],
    [{ authenticator: {} }, 'option-invalid', 'authenticator'],
    [{ authenticator, trustedProxies: '10.0.0.1' }, 'option-invalid', 'trustedProxies'],
  ])('refuses %p as %s, naming %j', (options, code, says) => {
    const error = errorOf(resolve, options);
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
  });

  it.each([
    [
      { ...ok, anonymous: true },
      "anonymous: true is not a mode; write 'refuse', 'allow' or (request) => …",
    ],
    [
      { authenticator: {} },
      'authenticator: {} is no authenticator; write createAuthenticator({ … })',
    ],
    [
      { authenticator: { authenticate: 7 } },
      'authenticator: {"authenticate":7} is no authenticator; write createAuthenticator({ … })',
    ],
    [
      { authenticator: null },
      'authenticator: null is no authenticator; write createAuthenticator({ … })',
    ],
    [
      { authenticator, trustedProxies: '10.0.0.1' },
      'trustedProxies: "trustedProxies" has no effect beside authenticator; give it to createAuthenticator',
    ],
    [
      { ...ok, anonymus: 'allow' },
      'anonymus: "anonymus" is not a setting; write one of trustedProxies, optional, profile, required, untrusted, limits, otherProfiles, sharedSecret, clientCertificate, onDecision, log, logUsers, authenticator, anonymous, open, sameOrigin, allowedOrigins, onRefusal, signIn',
    ],
  ])('says of %j in full: %s', (options, message) => {
    expect(errorOf(resolve, options).message).toBe(message);
  });
});
