import { createHmac } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import { ConfigError, configIssue, type DecisionEvent } from '@trusted-header/core';
import type { UserOptions } from './observe-decisions.js';

/** Shorter keys can be found by trying: names are few. */
const SHORTEST_KEY = 32;

/**
 * Compiles what a span says of a user: nothing, unless they are authenticated.
 *
 * @throws {ConfigError} `option-invalid`; never prints the key.
 */
export function compileUser(options: UserOptions): (event: DecisionEvent) => Attributes {
  const nameOf = compileName(options);
  return ({ decision }) =>
    nameOf && decision.kind === 'authenticated' ? nameOf(decision.identity.user) : {};
}

function compileName(options: UserOptions): ((user: string) => Attributes) | undefined {
  switch (options.user) {
    case undefined:
    case 'none':
      return undefined;
    case 'id':
      return (user) => ({ 'user.id': user });
    case 'hash': {
      const { hashKey } = options;
      if (typeof hashKey !== 'string' || hashKey.length < SHORTEST_KEY) throw badKey(hashKey);
      return (user) => ({
        'user.hash': createHmac('sha256', hashKey).update(user, 'utf8').digest('hex'),
      });
    }
    default:
      throw badUser(options);
  }
}

function badKey(key: unknown): ConfigError {
  const found = typeof key === 'string' ? `${key.length} characters` : typeof key;
  return new ConfigError('option-invalid', [
    configIssue(
      'hashKey',
      found,
      `is no key of at least ${SHORTEST_KEY} characters`,
      "write one of `openssl rand -hex 32`, which guesses of users' names cannot be compared with",
    ),
  ]);
}

function badUser({ user }: { readonly user: unknown }): ConfigError {
  return new ConfigError('option-invalid', [
    configIssue('user', user, 'is no way to tell a user', "write 'none', 'hash' or 'id'"),
  ]);
}
