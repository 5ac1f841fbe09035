import { type AuditFinding, auditTrustedProxies, compileTrust } from '@trusted-header/core';
import { entriesOf } from '../entries-of.js';
import type { Attachment } from './container.js';
import type { Finding } from './finding.js';
import type { Roles } from './pick-roles.js';
import { isInSubnet } from './subnet.js';

/**
 * Judges a list entry by entry: what core says of it, and whether the proxy explains it (T7).
 *
 * An entry that is another container's address, a gateway's, or nobody's is of severity high.
 *
 * @throws {ConfigError} For a list that is not legal.
 */
export function judgeEntries(
  trustedProxies: string,
  roles: Roles,
  shared: readonly Attachment[],
): Finding[] {
  const general = auditTrustedProxies(trustedProxies);
  const instead = insteadOf(shared);
  const findings = [...new Set(entriesOf(trustedProxies))].flatMap((entry) => {
    const about = general.filter((finding) => finding.entry === entry);
    const isProxy = holdsProxy(entry, shared);
    const gateways = gatewaysIn(entry, roles, shared, instead);
    const owners = isProxy || isWide(about) ? [] : ownersOf(entry, roles, instead);
    const isExplained =
      isProxy ||
      owners.length + gateways.length > 0 ||
      about.some(({ severity }) => severity === 'high');
    return [
      // What the deployment itself shows of a gateway is more than what an address looks like.
      ...about
        .filter(({ code }) => code !== 'gateway' || !(isProxy || gateways.length > 0))
        .map(({ entry: subject, ...rest }): Finding => ({ ...rest, subject })),
      ...owners,
      ...gateways,
      ...(isExplained || mayBeProxy(entry, roles, shared) ? [] : [unexplained(entry, instead)]),
    ];
  });
  return findings.filter(
    ({ code, subject }, i) =>
      code !== 'gateway-trusted' ||
      findings.findIndex((other) => other.code === code && other.subject === subject) === i,
  );
}

function insteadOf(shared: readonly Attachment[]): string {
  const addresses = shared.flatMap(({ address }) => (address === undefined ? [] : [address]));
  return addresses.length > 0
    ? `set TRUSTED_PROXIES=${addresses.join(',')}`
    : 'give the proxy a static address and list that one alone';
}

/** Blocks, whose findings say already that whoever is in them can be anyone. */
function isWide(about: readonly AuditFinding[]): boolean {
  return about.some(({ severity, code }) => severity === 'high' && code !== 'gateway');
}

function holds(entry: string, address: string | undefined): address is string {
  return address !== undefined && compileTrust(entry).has(address);
}

function holdsProxy(entry: string, shared: readonly Attachment[]): boolean {
  return shared.some(({ address, ipv6 }) => holds(entry, address) || holds(entry, ipv6));
}

function ownersOf(entry: string, { others }: Roles, instead: string): Finding[] {
  return others.flatMap(({ name, attachments }) =>
    attachments
      .filter(({ address, ipv6 }) => holds(entry, address) || holds(entry, ipv6))
      .map(({ network }) => ({
        severity: 'high',
        code: 'other-container',
        subject: entry,
        why: `is ${name} on ${network}, not the proxy: whatever runs there can be anyone`,
        instead,
      })),
  );
}

/** The gateways of the application's networks that an entry holds. */
function gatewaysIn(
  entry: string,
  { app }: Roles,
  shared: readonly Attachment[],
  instead: string,
): Finding[] {
  const own = (address: string): boolean => shared.some((one) => one.address === address);
  return [...shared, ...app.attachments].flatMap(({ network, gateway }, i, all) =>
    holds(entry, gateway) &&
    !own(gateway) &&
    all.findIndex((other) => other.gateway === gateway) === i
      ? [
          {
            severity: 'high',
            code: 'gateway-trusted',
            subject: gateway,
            why: `is the gateway of ${network}: processes of the machine come from it, and so may clients of a published port`,
            instead,
          },
        ]
      : [],
  );
}

/** Tells whether nobody can say whether an entry is the proxy: other findings say why, and are severe themselves. */
function mayBeProxy(entry: string, { proxy, app }: Roles, shared: readonly Attachment[]): boolean {
  if (entry.startsWith('unix:') || proxy.networkMode || app.networkMode || shared.length === 0)
    return true;
  return shared.some(
    ({ address, subnet }) =>
      address === undefined && (subnet === undefined || isInSubnet(subnet, entry)),
  );
}

function unexplained(entry: string, instead: string): Finding {
  return {
    severity: 'high',
    code: 'unexplained-entry',
    subject: entry,
    why: 'is nobody’s address here: whoever gets it can be anyone',
    instead,
  };
}
