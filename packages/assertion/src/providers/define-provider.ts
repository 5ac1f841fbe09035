import { ConfigError, configIssue, unknownNames } from '@trusted-header/core';
import { isObject } from './check-settings.js';
import type { AssertionProvider, ClaimNames, OneOrMore, ProviderTuning } from './provider.js';

const DAY = 86_400;
const TUNING = ['user', 'groups', 'name', 'email', 'maxLifetimeSeconds', 'skewSeconds'];

/** What a provider's function says of its tokens; what is the same for most is left out. */
export type Definition = Omit<
  AssertionProvider,
  'claims' | 'metadata' | 'maxLifetimeSeconds' | 'skewSeconds'
> &
  Partial<Pick<AssertionProvider, 'metadata' | 'maxLifetimeSeconds'>> & {
    readonly claims: ClaimNames;
  };

/**
 * Puts together what a provider's function says of all tokens and what its caller says of theirs.
 *
 * @throws {ConfigError} `option-invalid` for a name that is no setting. What the settings hold, the verifier checks.
 */
export function defineProvider(
  options: ProviderTuning,
  known: readonly string[],
  { claims, metadata = 'payload', maxLifetimeSeconds = DAY, ...rest }: Definition,
): AssertionProvider {
  const issues = unknownNames('', options, [...known, ...TUNING]);
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  // What is null goes on as it is, for the check to see: it is not what is usual.
  const {
    user = claims.user,
    groups = claims.groups,
    name = claims.name,
    email = claims.email,
    maxLifetimeSeconds: mostSeconds = maxLifetimeSeconds,
    skewSeconds = 30,
  } = options;
  return {
    ...rest,
    metadata,
    claims: { user, groups, name, email },
    maxLifetimeSeconds: mostSeconds,
    skewSeconds,
  };
}

/**
 * Refuses what may be left out, and was given as undefined, as an environment variable is that nobody has set: it would not be asked
 * for, and another's token would do.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function refuseUnset(options: object, names: readonly string[]): void {
  const instead = 'set the environment variable that it comes from, or leave it out';
  const issues = names
    .filter((name) => Object.hasOwn(options, name) && Reflect.get(options, name) === undefined)
    .map((name) => configIssue(name, undefined, 'was given, and is undefined', instead));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

/** Gives a list. What is neither text nor list goes on as it is, for the check to see. */
export function listOf(value: OneOrMore): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/**
 * Gives options that can be taken apart.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function objectOf<Options extends object>(provider: string, options: Options): Options {
  if (isObject(options)) return options;
  throw new ConfigError('option-invalid', [
    configIssue('options', options, 'is no options object', `write ${provider}({ … })`),
  ]);
}

/**
 * Refuses a text that is to be part of an address, and is not of the form that it has there.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function matching(option: string, value: unknown, form: RegExp, instead: string): string {
  if (typeof value === 'string' && form.test(value)) return value;
  throw new ConfigError('option-invalid', [
    configIssue(option, value, 'is not of the form that it has', `write ${instead}`),
  ]);
}
