import { describe, expect, it } from '@jest/globals';
import {
  ConfigError,
  createAuthenticator,
  type HeaderProfile,
  type Identity,
} from '@trusted-header/core';
import { KNOWN_PROFILES } from '@trusted-header/core/profiles';
import fc from 'fast-check';
import { asUser, identityHeaders } from '../src/index.js';

const TOKEN = expect.stringMatching(/^[0-9a-f-]{36}$/);

describe('asUser', () => {
  it('gives the headers of the proxy, and one that says where they come from', () => {
    const alice = {
      user: 'jürgen',
      groups: ['ops', 'dev team'],
      name: 'Jürgen',
      email: 'j@ex.com',
    };
    expect(asUser(alice)).toEqual({
      headers: {
        'Remote-User': 'jÃ¼rgen',
        'Remote-Groups': 'ops,dev team',
        'Remote-Name': 'JÃ¼rgen',
        'Remote-Email': 'j@ex.com',
        'x-trusted-header-test': TOKEN,
      },
    });
  });

  it('has a value for each address, which nobody can guess', () => {
    const values = ['127.0.0.1', '::1', 'unix:/run/app.sock', '127.0.0.1', undefined].map(
      (peer) =>
        asUser({ user: 'alice' }, { ...(peer && { peer }) }).headers['x-trusted-header-test'],
    );
    expect(values[3]).toBe(values[0]);
    expect(values[4]).toBe(values[0]);
    expect(new Set(values).size).toBe(3);
  });

  it.each([
    ['a block', '10.0.0.0/8'],
    ['a name', 'loopback'],
    ['a host', 'traefik'],
    ['a port', '127.0.0.1:80'],
    ['a short form', '127.1'],
    ['nothing', ''],
    ['two', '10.0.0.1 10.0.0.2'],
    ['a relative path', 'unix:app.sock'],
  ])('refuses a peer that is %s', (_, peer) => {
    expect(() => asUser({ user: 'alice' }, { peer })).toThrow(
      /peer: .* is not one address; write that of the proxy, such as '172\.20\.0\.2', or 'unix:\/run\/app\.sock'/,
    );
  });
});

describe('identityHeaders', () => {
  it.each<[string, Identity, object, Record<string, string>]>([
    ['no groups', { user: 'alice' }, {}, { 'Remote-User': 'alice' }],
    [
      'an empty list of them',
      { user: 'alice', groups: [] },
      {},
      { 'Remote-User': 'alice', 'Remote-Groups': '' },
    ],
    [
      'a profile by its name',
      { user: 'alice', groups: ['a,b', 'c'], extra: { uid: '7' } },
      { profile: 'authentik' },
      { 'X-authentik-username': 'alice', 'X-authentik-groups': 'a,b|c', 'X-authentik-uid': '7' },
    ],
    [
      'one of your own',
      { user: 'Doe, Jane', email: 'j@ex.com' },
      {
        profile: {
          id: 'own',
          user: { header: 'X-User', comma: true },
          email: { header: 'X-Mail' },
        },
      },
      { 'X-User': 'Doe, Jane', 'X-Mail': 'j@ex.com' },
    ],
    [
      'a user that is the email',
      { user: 'j@ex.com', email: 'j@ex.com' },
      { profile: { id: 'own', user: { header: 'X-User' }, email: 'user' } },
      { 'X-User': 'j@ex.com' },
    ],
    [
      'one group on a line',
      { user: 'alice', groups: ['a,b'] },
      { profile: 'kubernetes' },
      { 'X-Remote-User': 'alice', 'X-Remote-Group': 'a,b' },
    ],
    [
      'what the proxy sends besides',
      { user: 'alice' },
      { proxyHeaders: { 'X-Forwarded-Proto': 'https' } },
      { 'X-Forwarded-Proto': 'https', 'Remote-User': 'alice' },
    ],
  ])('writes %s', (_, identity, options, headers) => {
    expect(identityHeaders(identity, options)).toEqual(headers);
  });

  it.each<[string, Identity, object, string]>([
    [
      'a comma in a group',
      { user: 'alice', groups: ['a,b'] },
      {},
      'groups: ["a,b"] would be read as ["a","b"]',
    ],
    [
      'a group twice',
      { user: 'alice', groups: ['a', 'a'] },
      {},
      'groups: ["a","a"] would be read as ["a"]',
    ],
    ['white space round a user', { user: ' alice' }, {}, 'user: " alice" would be read as "alice"'],
    [
      'a name in another form',
      { user: 'alice', name: 'Jose\u0301' },
      {},
      'name: "Jose\u0301" would be read as "Jos\u00e9"',
    ],
    ['an empty name', { user: 'alice', name: '' }, {}, 'name: "" would not be read'],
    [
      'an email that is none',
      { user: 'alice', email: 'alice' },
      {},
      'email: "alice" would not be read',
    ],
    ['no user', { user: '' }, {}, 'user: "" is nobody to the profile authelia'],
    [
      'a line feed',
      { user: 'a\nb' },
      {},
      'user: "a\\nb" would be refused (header-malformed, the invisible character U+000A)',
    ],
    [
      'a comma in a user',
      { user: 'Doe, Jane' },
      {},
      'user: "Doe, Jane" would be refused (header-malformed, a comma in a single line)',
    ],
    [
      'half a character',
      { user: 'alice', name: '\ud800' },
      {},
      'name: "\\ud800" would not be read',
    ],
    [
      'a name of the setting that is none',
      Object.assign({ user: 'alice' }, { group: ['a'] }),
      {},
      'group: ["a"] would not be read',
    ],
    [
      'groups where there are none',
      { user: 'alice', groups: ['a'] },
      { profile: 'vouch' },
      'groups: ["a"] would not be read',
    ],
    [
      'two groups on two lines',
      { user: 'alice', groups: ['a', 'b'] },
      { profile: 'kubernetes' },
      'groups: ["a","b"] needs a line for each group',
    ],
    [
      'nobody',
      { user: 'system:anonymous' },
      { profile: 'kubernetes' },
      'user: "system:anonymous" is nobody',
    ],
    [
      'an email beside that of the user',
      { user: 'a@ex.com', email: 'b@ex.com' },
      { profile: { id: 'own', user: { header: 'X-User' }, email: 'user' } },
      'email: "b@ex.com" would be read as "a@ex.com"',
    ],
    [
      'what is not in Latin-1',
      { user: 'ł' },
      { profile: { id: 'own', user: { header: 'X-User', encoding: 'latin1' } } },
      'user: "ł" would be read as "B"',
    ],
    [
      'half a character, in percent',
      { user: 'a', name: '\ud800' },
      { profile: 'sandstorm' },
      'name: "\\ud800" would not be read',
    ],
  ])('refuses %s', (_, identity, options, text) => {
    expect(() => identityHeaders(identity, options)).toThrow(ConfigError);
    expect(() => identityHeaders(identity, options)).toThrow(text);
  });

  it('refuses a profile that nobody knows', () => {
    expect(() => identityHeaders({ user: 'alice' }, Object({ profile: 'authelya' }))).toThrow(
      /profile: .*authelya.* is not a known profile/,
    );
  });
});

const OWN: readonly HeaderProfile[] = [
  ...(['utf-8', 'latin1', 'percent', 'base64', 'rfc2047'] as const).map((encoding) => ({
    id: encoding,
    user: { header: 'X-User', encoding, comma: true },
    groups: { header: 'X-Groups', encoding, separator: ';' },
    name: { header: 'X-Name', encoding },
    email: { header: 'X-Mail', encoding },
    extra: { id: { header: 'X-Id', encoding } },
  })),
  { id: 'names', user: { header: 'X-User' }, groups: { header: 'X-Groups', format: 'dn-list' } },
  { id: 'address', user: { header: 'X-User' }, email: 'user' },
];

/** What people are called, and what somebody may try. */
const text = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      'alice',
      'jürgen',
      'Łukasz',
      '王',
      '😀',
      'Domain Admins',
      'a@ex.com',
    ),
    weight: 8,
  },
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.stringMatching(/^[a=?,;|%+ "\\cn-]{0,8}$/),
);

describe.each([...Object.values(KNOWN_PROFILES), ...OWN])('of the profile $id', (profile) => {
  const identities: fc.Arbitrary<Identity> = fc.record(
    {
      user: text,
      ...(profile.groups && { groups: fc.array(text, { maxLength: 4 }) }),
      ...(profile.name && { name: text }),
      ...(profile.email && { email: fc.oneof(fc.constantFrom('a@ex.com', 'ü@ex.com'), text) }),
      ...(profile.extra && {
        extra: fc
          .constantFrom(...Object.keys(profile.extra))
          .chain((key) => fc.record({ [key]: text })),
      }),
    },
    { requiredKeys: ['user'] },
  );
  const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.7', profile, log: false });

  it('core reads what was given, or it is refused', () => {
    let written = 0;
    fc.assert(
      fc.property(identities, (identity) => {
        const headers = writtenOf(identity, profile);
        if (!headers) return;
        written++;
        const decision = authenticate({
          peer: '10.0.0.7',
          rawHeaders: Object.entries(headers).flat(),
        });
        const email = profile.email === 'user' &&
          /^[^@]+@[^@]+$/.test(identity.user) && { email: identity.user };
        expect(decision).toMatchObject({
          kind: 'authenticated',
          identity: { ...identity, ...email },
        });
        expect(Object.values(headers).join('')).toMatch(/^[\t\u0020-\u007e\u0080-\u00ff]*$/);
      }),
      { numRuns: 300 },
    );
    expect(written).toBeGreaterThan(0);
  });
});

function writtenOf(identity: Identity, profile: HeaderProfile): Record<string, string> | undefined {
  try {
    return identityHeaders(identity, { profile });
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}
