import type { Authenticator } from '../authenticator/authenticator.js';
import { createAuthenticator } from '../authenticator/create-authenticator.js';
import { isAuthenticator } from '../authenticator/known-authenticators.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { AdapterOptions, AnonymousMode } from './adapter-options.js';

/** What an adapter works with. */
export interface ResolvedAdapterOptions {
  readonly authenticator: Authenticator;
  readonly anonymous: AnonymousMode;
}

/**
 * Turns what an adapter was given into an authenticator and the mode for anonymous requests.
 *
 * @throws {ConfigError} Like {@link createAuthenticator}; `option-invalid` for another `anonymous` than the two modes.
 */
export function resolveAdapterOptions(options: AdapterOptions): ResolvedAdapterOptions {
  if (isAuthenticator(options)) return { authenticator: options, anonymous: 'refuse' };
  const { anonymous = 'refuse', ...rest } = { ...options };
  if (anonymous !== 'refuse' && anonymous !== 'allow') {
    throw new ConfigError('option-invalid', [
      configIssue('anonymous', anonymous, 'is not a mode', "write 'refuse' or 'allow'"),
    ]);
  }
  if (!('authenticator' in rest)) return { authenticator: createAuthenticator(rest), anonymous };
  const { authenticator, ...others } = rest;
  const [stray] = Object.keys(others);
  if (!isAuthenticator(authenticator) || stray !== undefined) {
    throw new ConfigError('option-invalid', [
      stray === undefined
        ? configIssue(
            'authenticator',
            authenticator,
            'is no authenticator',
            'write createAuthenticator({ … })',
          )
        : configIssue(
            stray,
            stray,
            'has no effect beside authenticator',
            'give it to createAuthenticator',
          ),
    ]);
  }
  return { authenticator, anonymous };
}
