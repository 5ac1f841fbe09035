import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import {
  authentik,
  awsAlb,
  awsVerifiedAccess,
  azure,
  cloudflareAccess,
  createVerifier,
  genericAssertion,
  googleIap,
  oauth2Proxy,
  pomerium,
  teleport,
} from '../src/index.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import { untyped } from './untyped.js';
import { makeWorld } from './world.js';

const GOOD = {
  header: 'X-Jwt',
  issuer: 'https://sso.example.com',
  audience: 'app',
  algorithms: ['ES256'],
  jwks: 'https://sso.example.com/jwks.json',
  user: 'sub',
} as const;
const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228';
const TENANT = '11111111-2222-3333-4444-555555555555';
const VAI = 'arn:aws:ec2:us-east-1:123456789012:verified-access-instance/vai-1';
const ALB = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/b';

/** What a verifier is made of is checked when it is made; nothing is fetched for what is refused. */
function verify(provider: object, options: object = { log: false }): void {
  makeVerifier(untyped(provider), untyped(options), makeWorld());
}

function faults(make: () => void): readonly (readonly [string, string])[] {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.issues.map(({ option, problem }) => [option, problem] as const);
  }
  return [];
}

describe('what a provider must say', () => {
  it('is enough for each of them', () => {
    for (const provider of [
      genericAssertion(GOOD),
      cloudflareAccess({ team: 'example', audience: [TAG, TAG] }),
      googleIap({ audience: '/projects/1/apps/x' }),
      awsAlb({ region: 'eu-central-1', signer: ALB }),
      awsVerifiedAccess({
        region: 'us-east-1',
        signer: VAI,
      }),
      authentik({ issuer: 'https://a/', audience: 'x', keys: { jwks: 'https://a/jwks/' } }),
      authentik({ issuer: 'https://a/', audience: 'x', keys: { clientSecret: 'x'.repeat(32) } }),
      pomerium({ host: 'app.example.com:8443' }),
      teleport({ cluster: 'c', audience: 'http://a', jwks: 'https://t/jwks' }),
      oauth2Proxy({ issuer: 'https://i', audience: 'x', jwks: 'https://i/keys' }),
      azure({ tenant: TENANT, audience: 'x' }),
    ]) {
      expect(faults(() => verify(provider))).toEqual([]);
    }
  });

  const FOREIGN = 'names nobody, and so a token for anybody would do';
  const KINDS =
    'is no list of algorithms of key pairs: with HS256 who has the public key could sign, with none anybody';
  const PLAIN = 'is not https: whoever is on the way could put keys of their own in its place';
  it.each([
    ['no issuer', { issuer: undefined }, 'issuer', FOREIGN],
    ['an empty issuer', { issuer: '' }, 'issuer', FOREIGN],
    ['no audience', { audience: undefined }, 'audience', FOREIGN],
    ['an empty audience', { audience: '' }, 'audience', FOREIGN],
    ['an empty list of audiences', { audience: [] }, 'audience', FOREIGN],
    ['a hole in the list', { audience: ['app', undefined] }, 'audience', FOREIGN],
    ['an audience with a space at its end', { audience: 'app ' }, 'audience', FOREIGN],
    ['audience null', { audience: null }, 'audience', FOREIGN],
    ['a pattern for an audience', { audience: /app/ }, 'audience', FOREIGN],
    ['no algorithm', { algorithms: [] }, 'algorithms', KINDS],
    ['algorithms left out', { algorithms: undefined }, 'algorithms', KINDS],
    ['none', { algorithms: ['none'] }, 'algorithms', KINDS],
    ['HS256 beside ES256', { algorithms: ['ES256', 'HS256'] }, 'algorithms', KINDS],
    ['HS256 alone, with public keys', { algorithms: ['HS256'] }, 'algorithms', KINDS],
    ['es256', { algorithms: ['es256'] }, 'algorithms', KINDS],
    ['keys over http', { jwks: 'http://sso.example.com/jwks' }, 'jwks', PLAIN],
    ['keys over http of loopback', { jwks: 'http://127.0.0.1/jwks' }, 'jwks', PLAIN],
    ['keys in a file', { jwks: 'file:///etc/jwks.json' }, 'jwks', PLAIN],
    ['keys in the address', { jwks: 'data:application/json,{}' }, 'jwks', PLAIN],
    ['no address', { jwks: '' }, 'jwks', 'is no URL'],
    [
      'a password in the address',
      { jwks: 'https://a:b@sso.example.com/' },
      'jwks',
      'holds a password or a fragment',
    ],
    ['no user', { user: '' }, 'user', 'is no name of a claim'],
    ['groups as a list', { groups: ['groups'] }, 'groups', 'is no name of a claim'],
    [
      'a life of two months',
      { maxLifetimeSeconds: 5_000_000 },
      'maxLifetimeSeconds',
      'is out of bounds',
    ],
    [
      'a life that is no number',
      { maxLifetimeSeconds: Number.NaN },
      'maxLifetimeSeconds',
      'is out of bounds',
    ],
    // Nothing is not what is usual.
    ['a life of null', { maxLifetimeSeconds: null }, 'maxLifetimeSeconds', 'is out of bounds'],
    ['clocks of null', { skewSeconds: null }, 'skewSeconds', 'is out of bounds'],
    ['user null', { user: null }, 'user', 'is no name of a claim'],
    ['groups null', { groups: null }, 'groups', 'is no name of a claim'],
    ['name null', { name: null }, 'name', 'is no name of a claim'],
    ['email null', { email: null }, 'email', 'is no name of a claim'],
    ['clocks that differ by an hour', { skewSeconds: 3_600 }, 'skewSeconds', 'is out of bounds'],
    ['a header that is none', { header: 'X Jwt' }, 'header', 'is no header name'],
    [
      'Authorization',
      { header: 'authorization' },
      'header',
      'is for applications too, which would lose it, and any password in it would be a claim',
    ],
  ])('is refused with %s', (_, change, option, problem) => {
    const options = { ...GOOD, ...change };
    expect(faults(() => verify(genericAssertion(untyped(options))))).toEqual([[option, problem]]);
  });

  it.each([[''], [null], [false]])('has a user of Cloudflare’s that is no %j', (user) => {
    for (const serviceTokens of [{}, { 'id.access': 'ci' }]) {
      const options = untyped({ team: 'example', audience: TAG, serviceTokens, user });
      expect(faults(() => verify(cloudflareAccess(options)))).toEqual([
        ['user', 'is no name of a claim'],
      ]);
    }
  });

  it.each([[''], [null], [false]])('is refused where refuses is %j', (refuses) => {
    const provider = { ...cloudflareAccess({ team: 'example', audience: TAG }), refuses };
    expect(faults(() => verify(provider))).toEqual([['refuses', 'is no function']]);
  });

  it('is told all at once, with a misspelt name', () => {
    expect(faults(() => genericAssertion(untyped({ ...GOOD, audiance: 'x' })))).toEqual([
      ['audiance', 'is not a setting'],
    ]);
    const options = { ...GOOD, issuer: '', audience: '', algorithms: ['none'] };
    expect(
      faults(() => verify(genericAssertion(untyped(options)))).map(([option]) => option),
    ).toEqual(['algorithms', 'issuer', 'audience']);
  });

  it('has a client secret that cannot be guessed, and that no message shows', () => {
    const make = () =>
      verify(authentik({ issuer: 'x', audience: 'y', keys: { clientSecret: 'hunter2' } }));
    expect(faults(make)).toEqual([
      ['keys.clientSecret', 'is shorter than 32 bytes, and can be guessed'],
    ]);
    expect(make).not.toThrow(/hunter2/);
  });

  it('cannot say both a secret and an address of keys', () => {
    const keys = { jwks: '', clientSecret: 'x'.repeat(32) };
    expect(faults(() => verify(authentik({ issuer: 'x', audience: 'y', keys })))).toEqual([
      ['jwks', 'is no URL'],
    ]);
    const options = { issuer: 'x', audience: 'y', keys: undefined };
    expect(faults(() => verify(authentik(untyped(options))))).toEqual([['jwks', 'is no URL']]);
  });

  it.each([
    ['a team with a dot', () => cloudflareAccess({ team: 'evil.com/', audience: TAG }), 'team'],
    [
      'a tag that is cut off',
      () => cloudflareAccess({ team: 'a', audience: TAG.slice(1) }),
      'audience',
    ],
    ['no tag', () => cloudflareAccess(untyped({ team: 'a' })), 'audience'],
    ['a region with a slash', () => awsAlb({ region: 'eu-central-1/x', signer: ALB }), 'region'],
    ['the ARN of another region', () => awsAlb({ region: 'eu-west-1', signer: ALB }), 'signer'],
    [
      'the ARN of a target group',
      () =>
        awsAlb({ region: 'eu-central-1', signer: ALB.replace('loadbalancer/app', 'targetgroup') }),
      'signer',
    ],
    ['no signer', () => awsAlb(untyped({ region: 'eu-central-1' })), 'signer'],
    [
      'an ARN with a pattern',
      () => awsAlb({ region: 'eu-central-1', signer: ALB.replace('/a/b', '/*') }),
      'signer',
    ],
    // An environment variable that nobody has set: tokens for any client would do.
    [
      'a client that is undefined',
      () => awsAlb(untyped({ region: 'eu-central-1', signer: ALB, client: undefined })),
      'client',
    ],
    [
      'an issuer that is undefined',
      () => awsAlb(untyped({ region: 'eu-central-1', signer: ALB, issuer: undefined })),
      'issuer',
    ],
    [
      'an issuer of Verified Access that is undefined',
      () => awsVerifiedAccess(untyped({ region: 'us-east-1', signer: VAI, issuer: undefined })),
      'issuer',
    ],
    ['a host with a path', () => pomerium({ host: 'app.example.com/x' }), 'host'],
    ['everybody’s tenant', () => azure({ tenant: 'common', audience: 'x' }), 'tenant'],
  ])('is refused with %s', (_, make, option) => {
    expect(faults(make).map(([name]) => name)).toEqual([option]);
  });

  it('is an object', () => {
    for (const value of [undefined, null, 'example', []]) {
      expect(faults(() => cloudflareAccess(untyped(value)))).toEqual([
        ['options', 'is no options object'],
      ]);
      expect(faults(() => createVerifier(untyped(value)))).toEqual([
        ['provider', 'is no provider'],
      ]);
    }
  });
});

describe('options of a verifier', () => {
  it.each([
    ['a misspelt one', { subjekt: 'equal' }, 'subjekt'],
    ['a subject that is no choice', { subject: 'ignore' }, 'subject'],
    ['keys that are stale for two days', { maxStaleSeconds: 172_800 }, 'maxStaleSeconds'],
    ['half a token to remember', { remember: 0.5 }, 'remember'],
    ['a listener that is none', { onKeys: true }, 'onKeys'],
    ['a log that is true', { log: true }, 'log'],
    [
      'a text where a yes is',
      { allowPlainHttpKeysFromLoopback: 'yes' },
      'allowPlainHttpKeysFromLoopback',
    ],
  ])('are refused with %s', (_, options, option) => {
    expect(faults(() => verify(genericAssertion(GOOD), options)).map(([name]) => name)).toEqual([
      option,
    ]);
  });

  it('take keys over http from this machine only, and only where that is said', () => {
    const options = { log: false, allowPlainHttpKeysFromLoopback: true };
    const at = (jwks: string) => faults(() => verify(genericAssertion({ ...GOOD, jwks }), options));
    expect(at('http://127.0.0.1:1/jwks')).toEqual([]);
    expect(at('http://[::1]:1/jwks')).toEqual([]);
    expect(at('http://localhost:1/jwks')).toHaveLength(1);
    expect(at('http://10.0.0.1/jwks')).toHaveLength(1);
    expect(at('http://127.0.0.1.evil.example/jwks')).toHaveLength(1);
  });
});
