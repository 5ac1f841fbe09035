import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { checkOptions, checkOptionsObject } from '../authenticator/check-options.js';
import { createAuthenticator } from '../authenticator/create-authenticator.js';
import { isAuthenticator } from '../authenticator/known-authenticators.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { AdapterOptions, AdmissionOptions } from './adapter-options.js';
import { checkAdmission } from './check-admission.js';

/** What an adapter works with; itself options of an adapter. */
export interface ResolvedAdapterOptions<Request = never, OnRefusal = unknown>
  extends AdmissionOptions<Request, OnRefusal> {
  readonly authenticator: AnyAuthenticator;
}

/** What adapters take beside an authenticator's options. */
const SHARED = [
  'authenticator',
  'anonymous',
  'open',
  'sameOrigin',
  'allowedOrigins',
  'onRefusal',
  'signIn',
] as const satisfies readonly ('authenticator' | keyof AdmissionOptions)[];

/**
 * Turns what an adapter was given into an authenticator and what is to be made of its decisions.
 *
 * @param own Names of the adapter's own options, which it has taken out and checks: for the message about one that nobody knows.
 * @throws {ConfigError} Like {@link createAuthenticator}; `option-invalid` for what only adapters know.
 */
export function resolveAdapterOptions<Request = never, OnRefusal = never>(
  options: AdapterOptions<Request, OnRefusal>,
  own: readonly string[] = [],
): ResolvedAdapterOptions<Request, OnRefusal> {
  if (isAuthenticator(options)) return { authenticator: options };
  checkOptionsObject(options);
  const { anonymous, open, sameOrigin, allowedOrigins, onRefusal, signIn, ...rest } = {
    ...options,
  };
  const admission = {
    ...(anonymous !== undefined && { anonymous }),
    ...(open !== undefined && { open }),
    ...(sameOrigin !== undefined && { sameOrigin }),
    ...(allowedOrigins !== undefined && { allowedOrigins }),
    ...(onRefusal !== undefined && { onRefusal }),
    ...(signIn !== undefined && { signIn }),
  };
  checkAdmission(admission);
  if (!('authenticator' in rest)) {
    checkOptions(rest, [...SHARED, ...own]);
    return { authenticator: createAuthenticator(rest), ...admission };
  }
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
  return { authenticator, ...admission };
}
