import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { PROBE_HEADER } from '../probe/probe-window.js';

/**
 * Gives the paths that pino's option `redact` needs, so that no identity, secret, assertion or probe header gets into a log line: for a logger
 * that stands in front of the adapter, such as pino-http, and has kept the headers before they are gone.
 *
 * Also the spellings with `_` and `.` instead of `-`. Not what a profile hides by the beginning of its name only, which no path can say.
 *
 * @param authenticator Of `createAuthenticator`, or with a proof of its own: the one that the adapter is given.
 * @param objects Where the headers are in a line. Default: `req.headers`, as pino's and pino-http's own serializers have it.
 * @throws {ConfigError} `option-invalid` for what is no authenticator of ours, of which nothing would be redacted.
 *
 * @example
 * ```ts
 * import { createAuthenticator } from '@trusted-header/core';
 * import { redactPaths } from '@trusted-header/core/formatters';
 *
 * const authenticator = createAuthenticator({ trustedProxies: '172.20.0.2' });
 * const redact = redactPaths(authenticator);
 * console.log(redact[0]); // req.headers["remote-user"]
 * ```
 */
export function redactPaths(
  authenticator: AnyAuthenticator,
  objects: readonly string[] = ['req.headers'],
): string[] {
  const setup = setupOf(authenticator);
  if (!setup) throw notOurs(authenticator);
  const names = [...setup.headerNames, PROBE_HEADER.toLowerCase()];
  const spellings = names.flatMap((name) => [
    name,
    name.replaceAll(/[-_.]/g, '-'),
    name.replaceAll(/[-_.]/g, '_'),
    name.replaceAll(/[-_.]/g, '.'),
  ]);
  return objects.flatMap((object) =>
    [...new Set(spellings)].map((name) => `${object}[${JSON.stringify(name)}]`),
  );
}

function notOurs(authenticator: unknown): ConfigError {
  const fault = ['is no authenticator', 'write createAuthenticator({ … })'] as const;
  return new ConfigError('option-invalid', [configIssue('authenticator', authenticator, ...fault)]);
}
