import { ConfigError, type ConfigIssue, configIssue, unknownNames } from '@trusted-header/core';
import { keyIssues } from './check-keys.js';
import { isClaim, isObject, isText, isTexts } from './check-settings.js';
import type { AssertionProvider } from './provider.js';

const ASYMMETRIC = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA'.split(' ');
const MOST_LIFETIME = 2_678_400;
const MOST_SKEW = 60;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const KNOWN = [
  'name',
  'header',
  'bearer',
  'algorithms',
  'keys',
  'issuer',
  'audience',
  'signer',
  'client',
  'metadata',
  'padded',
  'claims',
  'refuses',
  'maxLifetimeSeconds',
  'skewSeconds',
  'emptyKeySet',
];

/**
 * Refuses a provider that would believe too much: without an algorithm, with `none`, with a secret and key pairs together; without an
 * issuer and an audience (or the AWS signer in their place); with keys that do not come over `https:`.
 *
 * @throws {ConfigError} `option-invalid`, with every fault at once.
 */
export function checkProvider(provider: AssertionProvider, allowPlainHttp: boolean): void {
  const issues = providerIssues(provider, allowPlainHttp);
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function providerIssues(provider: unknown, allowPlainHttp: boolean): ConfigIssue[] {
  if (!isObject(provider)) {
    return [
      configIssue(
        'provider',
        provider,
        'is no provider',
        "write for example cloudflareAccess({ team: 'example', audience: '…' })",
      ),
    ];
  }
  const { header, algorithms, keys, claims, refuses } = provider;
  return [
    ...unknownNames('provider.', provider, KNOWN),
    ...headerIssues(header),
    ...algorithmIssues(algorithms, keys),
    ...keyIssues(keys, allowPlainHttp),
    ...originIssues(provider),
    ...claimIssues(claims),
    ...refusesIssues(refuses),
    ...limitIssues(provider),
  ];
}

function headerIssues(header: unknown): ConfigIssue[] {
  if (typeof header !== 'string' || !TOKEN.test(header)) {
    return [configIssue('header', header, 'is no header name', "write for example 'X-Jwt'")];
  }
  if (header.toLowerCase() !== 'authorization') return [];
  return [
    configIssue(
      'header',
      header,
      'is for applications too, which would lose it, and any password in it would be a claim',
      "let the proxy put the token into a header of its own, and write its name, such as 'X-Id-Token'",
    ),
  ];
}

function algorithmIssues(algorithms: unknown, keys: unknown): ConfigIssue[] {
  const isSecret = isObject(keys) && keys['kind'] === 'secret';
  const allowed = isSecret ? ['HS256'] : ASYMMETRIC;
  if (isTexts(algorithms) && algorithms.every((one) => allowed.includes(one))) return [];
  return [
    configIssue(
      'algorithms',
      algorithms,
      isSecret
        ? 'is not what a secret verifies: a token signed by a key pair has a public key'
        : 'is no list of algorithms of key pairs: with HS256 who has the public key could sign, with none anybody',
      `write some of ${allowed.join(', ')}`,
    ),
  ];
}

function originIssues(provider: Readonly<Record<string, unknown>>): ConfigIssue[] {
  const bySigner = provider['signer'] !== undefined;
  const names = bySigner ? ['signer'] : ['issuer', 'audience'];
  const given = ['issuer', 'audience', 'signer', 'client'].filter(
    (name) => names.includes(name) || provider[name] !== undefined,
  );
  return given
    .filter((name) => !isTexts(provider[name]))
    .map((name) =>
      configIssue(
        name,
        provider[name],
        'names nobody, and so a token for anybody would do',
        'write the text that is in the token',
      ),
    );
}

function claimIssues(claims: unknown): ConfigIssue[] {
  const { user, groups, name, email } = isObject(claims) ? claims : {};
  const issues = isClaim(user)
    ? []
    : [configIssue('user', user, 'is no name of a claim', "write for example 'email'")];
  for (const [option, value, good] of [
    ['groups', groups, isClaim(groups)],
    ['name', name, isText(name)],
    ['email', email, isText(email)],
  ] as const) {
    if (value === undefined || good) continue;
    issues.push(configIssue(option, value, 'is no name of a claim', `write '${option}'`));
  }
  return issues;
}

/** Without it a service token would be a person's. */
function refusesIssues(refuses: unknown): ConfigIssue[] {
  if (refuses === undefined || typeof refuses === 'function') return [];
  const instead = 'write (claims) => why, or undefined; or leave it out';
  return [configIssue('refuses', refuses, 'is no function', instead)];
}

function limitIssues(provider: Readonly<Record<string, unknown>>): ConfigIssue[] {
  return (
    [
      ['maxLifetimeSeconds', 1, MOST_LIFETIME],
      ['skewSeconds', 0, MOST_SKEW],
    ] as const
  )
    .filter(([name, least, most]) => {
      const value = provider[name];
      return !(typeof value === 'number' && value >= least && value <= most);
    })
    .map(([name, least, most]) =>
      configIssue(
        name,
        provider[name],
        'is out of bounds',
        `write a number of seconds from ${least} to ${most}`,
      ),
    );
}
