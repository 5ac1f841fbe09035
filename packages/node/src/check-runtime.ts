import { type AnyAuthenticator, ConfigError, configIssue, setupOf } from '@trusted-header/core';

/** The first versions whose servers tell what Node's do: the conformance suite runs on them. */
const OLDEST = { bun: [1, 4], deno: [2, 9] } as const;

/**
 * Refuses, at start, a runtime that is not known to tell who connects and which header lines came: older ones have another idea of
 * Node's servers, tell no source address, or answer 500 to everything.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkRuntime(
  versions: Readonly<Record<string, string | undefined>> = process.versions,
): void {
  for (const name of ['bun', 'deno'] as const) {
    const version = versions[name];
    if (version === undefined || isAtLeast(version, OLDEST[name])) continue;
    const oldest = OLDEST[name].join('.');
    throw new ConfigError('option-invalid', [
      configIssue(
        'runtime',
        `${name} ${version}`,
        'does not tell of connections as Node does',
        `use ${name} ${oldest} or later, or Hono with its option facts`,
      ),
    ]);
  }
}

/**
 * Refuses, at start, an authenticator that needs the certificate of the connection, on a runtime that does not tell it as Node does:
 * every claim would be `proof-missing`.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkCertificates(
  authenticator: AnyAuthenticator,
  versions: Readonly<Record<string, string | undefined>> = process.versions,
): void {
  if (isNode(versions) || setupOf(authenticator)?.readsCertificate !== true) return;
  throw new ConfigError('option-invalid', [
    configIssue(
      'clientCertificate',
      versions.bun === undefined ? 'deno' : 'bun',
      'does not tell of client certificates as Node does',
      'run on Node, or let the proxy tell the certificate (forwarded), or use sharedSecret',
    ),
  ]);
}

/**
 * Tells whether this is Node itself. Bun 1.4 tells no client certificate; Deno 2.9 writes the names in one without quotes, so that a
 * name `a, DNS:gateway` looks like two.
 */
export function isNode(
  versions: Readonly<Record<string, string | undefined>> = process.versions,
): boolean {
  return versions.bun === undefined && versions.deno === undefined;
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number);
  return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}
