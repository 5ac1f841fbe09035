import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import { getBuiltinModule } from '../builtin.js';
import type { DnsOptions } from './dns-source.js';
import { HTTPS_REFRESH, type HttpsOptions } from './https-source.js';
import type { TrustListEvent } from './trust-list-event.js';

/** How sources are looked up, and who is told. */
export interface WatchOptions {
  readonly dns?: DnsOptions;
  readonly https?: HttpsOptions;
  /** Called with each change. What it throws is swallowed. The log has a line for each as well. */
  readonly onChange?: (event: TrustListEvent) => void;
}

const KNOWN = {
  options: ['dns', 'https', 'onChange'],
  dns: ['servers', 'lookup', 'allowOwnAddresses'],
  https: ['ca', 'refreshSeconds'],
} as const;

/**
 * Refuses options that nobody knows, and values that would be passed over.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkWatchOptions(options: WatchOptions): void {
  const { dns, https, onChange } = options;
  const issues = [
    ...unknownIn('options', options),
    ...unknownIn('dns', dns),
    ...unknownIn('https', https),
    ...functionIssues('onChange', onChange),
    ...functionIssues('dns.lookup', dns?.lookup),
    ...refreshIssues(https?.refreshSeconds),
    ...caIssues(https?.ca),
    ...serverIssues(dns?.servers),
  ];
  const allow: unknown = dns?.allowOwnAddresses;
  if (allow !== undefined && typeof allow !== 'boolean') {
    issues.push(
      configIssue('dns.allowOwnAddresses', allow, 'is neither true nor false', 'leave it out'),
    );
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function unknownIn(where: keyof typeof KNOWN, value: unknown): ConfigIssue[] {
  if (value === undefined) return [];
  const known: readonly string[] = KNOWN[where];
  if (typeof value !== 'object' || value === null) {
    return [configIssue(where, value, 'is no object', `write { ${known.join(', ')} }`)];
  }
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) =>
      configIssue(`${where}.${name}`, name, 'is not a setting', `write one of ${known.join(', ')}`),
    );
}

function functionIssues(where: string, value: unknown): ConfigIssue[] {
  if (value === undefined || typeof value === 'function') return [];
  return [configIssue(where, value, 'is not a function', 'leave it out')];
}

function refreshIssues(value: unknown): ConfigIssue[] {
  const { least, most } = HTTPS_REFRESH;
  if (value === undefined) return [];
  if (typeof value === 'number' && value >= least && value <= most) return [];
  const instead = `write a number from ${least} to ${most}`;
  return [configIssue('https.refreshSeconds', value, 'is no such number of seconds', instead)];
}

/** Shows nothing of it: what is no certificate may be a key. */
function caIssues(ca: unknown): ConfigIssue[] {
  if (ca === undefined) return [];
  const all: readonly unknown[] = Array.isArray(ca) ? Array.from<unknown>(ca) : [ca];
  if (all.length > 0 && all.every(isCertificate)) return [];
  const instead =
    'write the text of a file with -----BEGIN CERTIFICATE----- in it, or leave it out';
  return [configIssue('https.ca', typeof ca, 'holds no certificate', instead)];
}

function isCertificate(pem: unknown): boolean {
  const text: unknown = Buffer.isBuffer(pem) ? pem.toString('latin1') : pem;
  return typeof text === 'string' && /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/.test(text);
}

function serverIssues(servers: readonly string[] | undefined): ConfigIssue[] {
  if (servers === undefined) return [];
  try {
    const { Resolver } = getBuiltinModule('node:dns');
    new Resolver().setServers(servers);
    if (servers.length > 0) return [];
  } catch {
    // They are told below.
  }
  const instead = "write their addresses, ['127.0.0.1:53'], or leave it out";
  return [configIssue('dns.servers', servers, 'is no list of servers', instead)];
}
