import { ConfigError, type ConfigIssue, configIssue, unknownNames } from '@trusted-header/core';
import type { KeyEvent } from '../keys/key-event.js';
import { isObject } from '../providers/check-settings.js';

/** What is said of a verifier, beside its provider. */
export interface VerifierOptions {
  /**
   * Whom the token's user meets. `equal`, unless set: where an identity header names a user, it must be the same one. `replace`: the
   * header's user does not count, the token's does.
   */
  readonly subject?: 'equal' | 'replace';
  /**
   * How long keys are used while nobody can say whether they still hold, in seconds since the last answer that had them: 86 400 unless
   * set, which is the most. While they are fresh they are used in any case; with 0, no longer.
   */
  readonly maxStaleSeconds?: number;
  /** How many verified tokens are remembered: 1 000 unless set; 0 remembers none. */
  readonly remember?: number;
  /** Hears when keys changed and when they cannot be fetched. */
  readonly onKeys?: (event: KeyEvent) => void;
  /** Writes a line about the same. Unless set, the authenticator's `log` does, or `console.warn`. */
  readonly log?: ((line: string) => void) | false;
  /**
   * Takes keys over `http:` from 127.0.0.1 and ::1. For tests. Whoever can listen on that port of this machine signs in as anybody.
   */
  readonly allowPlainHttpKeysFromLoopback?: boolean;
}

const KNOWN = [
  'subject',
  'maxStaleSeconds',
  'remember',
  'onKeys',
  'log',
  'allowPlainHttpKeysFromLoopback',
];

/** @throws {ConfigError} `option-invalid` */
export function checkVerifierOptions(options: unknown): void {
  if (!isObject(options)) {
    raise([configIssue('options', options, 'is no options object', 'write {}, or leave it out')]);
  }
  const { subject, maxStaleSeconds, remember, onKeys, log, allowPlainHttpKeysFromLoopback } =
    options;
  const issues = unknownNames('', options, KNOWN);
  const check = (name: string, value: unknown, good: boolean, problem: string, instead: string) => {
    if (value !== undefined && !good) issues.push(configIssue(name, value, problem, instead));
  };
  check(
    'subject',
    subject,
    subject === 'equal' || subject === 'replace',
    'is not a choice',
    "write 'equal' or 'replace'",
  );
  check(
    'maxStaleSeconds',
    maxStaleSeconds,
    isBetween(maxStaleSeconds, 0, 86_400),
    'is no number of seconds from 0 to 86400',
    'write for example 3600',
  );
  check(
    'remember',
    remember,
    Number.isInteger(remember) && isBetween(remember, 0, 100_000),
    'is no whole number from 0 to 100000',
    'write for example 1000',
  );
  check(
    'onKeys',
    onKeys,
    typeof onKeys === 'function',
    'is not a function',
    'write (event) => …, or leave it out',
  );
  check(
    'log',
    log,
    log === false || typeof log === 'function',
    'is not a function',
    'write (line) => …, or false for no log',
  );
  check(
    'allowPlainHttpKeysFromLoopback',
    allowPlainHttpKeysFromLoopback,
    typeof allowPlainHttpKeysFromLoopback === 'boolean',
    'is neither true nor false',
    'leave it out',
  );
  if (issues.length > 0) raise(issues);
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most;
}

function raise(issues: readonly ConfigIssue[]): never {
  throw new ConfigError('option-invalid', issues);
}
