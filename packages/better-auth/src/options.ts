import {
  ConfigError,
  type ConfigIssue,
  configIssue,
  type Identity,
  isObject,
} from '@trusted-header/core';

/** What {@link trustedHeader} takes. */
export interface TrustedHeaderOptions {
  /** Whether a user is created for whom the proxy names and no account is of. Default true. `false`: 403 for them. */
  readonly create?: boolean;
  /**
   * Gives the e-mail of a new user where the proxy sends none: better-auth's users need one. Without it such a user is denied
   * (`email-missing`). See {@link placeholderEmail}. Two users must never get the same.
   */
  readonly emailFor?: (identity: Identity) => string;
  /**
   * Gives further fields of a new user (`name`, `image`, `emailVerified`, your own), or `null` to deny. Asked once, when the user
   * is created: what the proxy says later changes nothing. Not the e-mail.
   */
  readonly mapUser?: (
    identity: Identity,
  ) =>
    | Readonly<Record<string, unknown>>
    | null
    | PromiseLike<Readonly<Record<string, unknown>> | null>;
  /**
   * What becomes of a session when a request names nobody. Default `end`. With `keep` **a copied cookie works until the session's
   * own end, from anywhere**.
   */
  readonly onMissing?: 'end' | 'keep';
  /** How long a sign-out holds at most, in seconds. Default: a day. */
  readonly holdSeconds?: number;
}

const FUNCTIONS = ['emailFor', 'mapUser'];
const NAMES = ['create', ...FUNCTIONS, 'onMissing', 'holdSeconds'];

/**
 * Checks the plugin's options.
 *
 * @throws {ConfigError} `option-invalid`, also for a name that is none.
 */
export function checkOptions(options: TrustedHeaderOptions): void {
  const issues: ConfigIssue[] = [];
  if (!isObject(options) || Array.isArray(options)) {
    const instead = 'write { create: false }, or leave it out';
    throw new ConfigError('option-invalid', [
      configIssue('options', options, 'is no options object', instead),
    ]);
  }
  for (const [name, value] of Object.entries(options)) {
    const fault = faultOf(name, value);
    if (fault) issues.push(fault);
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function faultOf(name: string, value: unknown): ConfigIssue | undefined {
  if (!NAMES.includes(name)) {
    return configIssue(name, name, 'is not a setting', `write one of ${NAMES.join(', ')}`);
  }
  if (value === undefined) return undefined;
  if (FUNCTIONS.includes(name) && typeof value !== 'function') {
    return configIssue(name, value, 'is no function', 'write (identity) => …');
  }
  if (name === 'create' && typeof value !== 'boolean') {
    return configIssue(name, value, 'is not a choice', 'write true or false');
  }
  if (name === 'onMissing' && value !== 'end' && value !== 'keep') {
    return configIssue(name, value, 'is not a choice', "write 'end' or 'keep'");
  }
  // JSON has no infinity: a hold without an end would come back as none.
  if (name === 'holdSeconds' && !(typeof value === 'number' && value > 0 && value <= 1e9)) {
    return configIssue(name, value, 'is not a number from 0 to 1e9', 'write for example 86400');
  }
  return undefined;
}
