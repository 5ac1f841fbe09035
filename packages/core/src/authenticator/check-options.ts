import { ConfigError, type ConfigIssue } from '../config/config-error.js';
import { configIssue, isListOf, isObject, unknownNames } from '../config/config-issue.js';
import type { Field } from '../headers/field.js';
import { checkLimits } from '../identity/limits.js';
import type { AuthenticatorOptions, RequiredValue } from './authenticator.js';

const KNOWN = [
  'trustedProxies',
  'optional',
  'profile',
  'required',
  'untrusted',
  'limits',
  'otherProfiles',
  'sharedSecret',
  'clientCertificate',
  'onDecision',
  'log',
  'logUsers',
];
const REQUIRABLE: readonly string[] = ['groups', 'name', 'email'] satisfies RequiredValue[];

/**
 * Refuses options that are no object, such as a list of proxies by itself: taken apart, text would be its letters. Undefined and
 * null pass; they name no proxy.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkOptionsObject(options: unknown): void {
  if (options === undefined || options === null) return;
  if (!isObject(options) || Array.isArray(options)) raise([noOptions(options)]);
}

function noOptions(options: unknown): ConfigIssue {
  const instead = "write { trustedProxies: ['172.20.0.2'] }";
  return configIssue('options', options, 'is no options object', instead);
}

/**
 * Checks everything but the proxies and the profile. A name it does not know is an error: a misspelt `required` that
 * is passed over would let claims in.
 *
 * @param more What else may be there, which the caller checks.
 * @throws {ConfigError} `option-invalid`, with every fault at once.
 */
export function checkOptions(options: AuthenticatorOptions, more: readonly string[] = []): void {
  checkOptionsObject(options);
  if (!isObject(options)) raise([noOptions(options)]);
  const { required, untrusted, limits, otherProfiles, onDecision, log } = options;
  const issues = unknownNames('', options, [...KNOWN, ...more]);

  if (untrusted !== undefined && untrusted !== 'refuse' && untrusted !== 'ignore') {
    issues.push(
      configIssue('untrusted', untrusted, 'is not a choice', "write 'refuse' or 'ignore'"),
    );
  }
  if (otherProfiles !== undefined && otherProfiles !== 'refuse' && otherProfiles !== 'ignore') {
    issues.push(
      configIssue('otherProfiles', otherProfiles, 'is not a choice', "write 'refuse' or 'ignore'"),
    );
  }
  if (
    required !== undefined &&
    !isListOf(required, (value) => REQUIRABLE.some((one) => one === value))
  ) {
    issues.push(
      configIssue(
        'required',
        required,
        'is not a list of values',
        `write some of ${REQUIRABLE.join(', ')}`,
      ),
    );
  }
  if (limits !== undefined) issues.push(...limitIssues(limits));
  if (onDecision !== undefined && typeof onDecision !== 'function') {
    issues.push(
      configIssue(
        'onDecision',
        onDecision,
        'is not a function',
        'write (event) => …, or leave it out',
      ),
    );
  }
  if (log !== undefined && log !== false && typeof log !== 'function') {
    issues.push(
      configIssue('log', log, 'is not a function', 'write (line) => …, or false for no log'),
    );
  }
  for (const name of ['optional', 'logUsers'] as const) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === 'boolean') continue;
    issues.push(
      configIssue(name, value, 'is neither true nor false', 'write true, or leave it out'),
    );
  }
  if (issues.length > 0) raise(issues);
}

/** Refuses a required value for which the profile has no header. */
export function checkRequired(required: readonly RequiredValue[], fields: readonly Field[]): void {
  const missing = required.filter((value) => !fields.some(({ kind }) => kind === value));
  if (missing.length === 0) return;
  raise(
    missing.map((value) =>
      configIssue(
        'required',
        value,
        'has no header in the profile',
        `name one in profile.${value}, or do not require it`,
      ),
    ),
  );
}

function limitIssues(limits: unknown): ConfigIssue[] {
  if (isObject(limits)) return checkLimits(limits);
  return [
    configIssue('limits', limits, 'is no object of limits', 'write for example { groups: 1000 }'),
  ];
}

function raise(issues: readonly ConfigIssue[]): never {
  throw new ConfigError('option-invalid', issues);
}
