import { isIP } from 'node:net';
import type { Plan } from './plan.js';
import type { ProxyName } from './proxy-names.js';

/** Those that compare a certificate with names alone: an address is one for them, and no `IP:` entry is looked at. */
const NAMES_ONLY: readonly ProxyName[] = [
  'nginx',
  'nginx-proxy-manager',
  'swag',
  'haproxy',
  'apache',
  'envoy',
];

/** Says that TLS to an address ends in 502 for everybody, where the proxy looks for a name in the certificate. */
export function certificateNotes(proxy: ProxyName, { app, auth }: Plan): readonly string[] {
  if (!NAMES_ONLY.includes(proxy)) return [];
  return [['--app', app] as const, ['--auth', auth] as const].flatMap(([option, hop]) =>
    hop.scheme === 'https' && isIP(hop.host) !== 0
      ? [
          `${option} is an address (${hop.host}), and ${proxy} compares certificates with names only: one with IP:${hop.host} in it is refused, and everybody gets 502 or 503. Write a name that is in the certificate, and let it resolve to that address (/etc/hosts, extra_hosts)`,
        ]
      : [],
  );
}
