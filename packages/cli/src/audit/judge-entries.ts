import { type AuditFinding, auditTrustedProxies, compileTrust } from '@trusted-header/core';
import { entriesOf } from '../entries-of.js';
import type { Finding } from './finding.js';
import { isLive, judgeLiveEntry } from './live-entries.js';
import { listAdvice, type Scene } from './scene.js';
import { isInSubnet } from './subnet.js';

/**
 * Judges a list entry by entry: what core says of it, and whether the proxy explains it (T7).
 *
 * An entry that is another container's address, a gateway's, or nobody's is of severity high.
 *
 * @throws {ConfigError} For a list that is not legal.
 */
export function judgeEntries(trustedProxies: string, scene: Scene): Finding[] {
  const general = auditTrustedProxies(trustedProxies);
  const findings = [...new Set(entriesOf(trustedProxies))].flatMap((entry) =>
    (isLive(entry) ? judgeLiveEntry : judgeEntry)(
      entry,
      general.filter((finding) => finding.entry === entry),
      scene,
    ),
  );
  return findings.filter(
    ({ code, subject }, i) =>
      code !== 'gateway-trusted' ||
      findings.findIndex((other) => other.code === code && other.subject === subject) === i,
  );
}

function judgeEntry(entry: string, about: readonly AuditFinding[], scene: Scene): Finding[] {
  const isProxy = proxyIn(entry, scene);
  const mayBe = isProxy || mayBeProxy(entry, scene);
  const gateways = gatewaysIn(entry, scene);
  const owners = isProxy || isWide(about) ? [] : ownersOf(entry, scene);
  const said = about.filter(
    (finding) =>
      !isSaidBetter(finding, { isProxy, mayBe, hasGateways: gateways.length > 0 }, scene),
  );
  const isExplained =
    isProxy ||
    owners.length + gateways.length > 0 ||
    said.some(({ severity }) => severity === 'high');
  return [
    ...said.map(({ entry: subject, ...rest }): Finding => ({ ...rest, subject })),
    ...owners,
    ...gateways,
    ...(isExplained || mayBe ? [] : [unexplained(entry, scene)]),
  ];
}

/** What the deployment shows of a gateway or of a shared network stack is more than what an address looks like. */
function isSaidBetter(
  { code, severity }: AuditFinding,
  is: { readonly isProxy: boolean; readonly mayBe: boolean; readonly hasGateways: boolean },
  { proxy, ways }: Scene,
): boolean {
  if (code === 'loopback') return is.isProxy && proxy?.mode?.kind === 'container';
  if (code !== 'gateway') return false;
  // The proxy on the machine comes from a gateway; one that is known for others is not its.
  const isMeant = is.mayBe && severity !== 'high' && ways.some(({ via }) => via === 'gateway');
  return is.isProxy || is.hasGateways || isMeant;
}

/** Blocks, whose findings say already that whoever is in them can be anyone. */
function isWide(about: readonly AuditFinding[]): boolean {
  return about.some(({ severity, code }) => severity === 'high' && code !== 'gateway');
}

function holds(entry: string, address: string | undefined): address is string {
  return address !== undefined && compileTrust(entry).has(address);
}

function proxyIn(entry: string, { ways }: Scene): boolean {
  return ways.some(({ addresses }) => addresses.some(({ text }) => holds(entry, text)));
}

function ownersOf(entry: string, scene: Scene): Finding[] {
  return scene.others.flatMap(({ name, mode, attachments }) =>
    // Containers that use another’s network have no address of their own.
    (mode?.kind === 'container' ? [] : attachments)
      .filter(({ addresses }) => addresses.some(({ text }) => holds(entry, text)))
      .map(({ network }) => ({
        severity: 'high',
        code: 'other-container',
        subject: entry,
        why: `is ${name} on ${network.name}, not the proxy: whatever runs there can be anyone`,
        instead: listAdvice(scene),
      })),
  );
}

/** The gateways of the application's networks that an entry holds. */
function gatewaysIn(entry: string, scene: Scene): Finding[] {
  const own = scene.ways.flatMap(({ addresses }) => addresses.map(({ text }) => text));
  const all = [...scene.ways, ...scene.app.attachments].flatMap(({ network }) =>
    network.subnets.map(({ gateway }) => ({ network, gateway })),
  );
  return all.flatMap(({ network, gateway }, i) =>
    holds(entry, gateway) &&
    !own.includes(gateway) &&
    all.findIndex((other) => other.gateway === gateway) === i
      ? [
          {
            severity: 'high',
            code: 'gateway-trusted',
            subject: gateway,
            why: `is the gateway of ${network.name}: processes of the machine come from it, and so may clients of a published port`,
            instead: listAdvice(scene),
          },
        ]
      : [],
  );
}

/** Tells whether nobody can say whether an entry is the proxy: other findings say why, and are severe themselves. */
function mayBeProxy(entry: string, { proxy, others, ways }: Scene): boolean {
  if (entry.startsWith('unix:') || !proxy || ways.length === 0) return true;
  if (isLoopback(entry)) return false;
  const [address = ''] = entry.split('/');
  const isElsewhere = [proxy, ...others]
    .flatMap(({ attachments }) => attachments)
    .filter(({ network }) => !ways.some((way) => way.network.id === network.id))
    .some(({ network }) => network.subnets.some((subnet) => isInSubnet(subnet.text, address)));
  if (isElsewhere) return false;
  return ways.some(({ addresses, network: { subnets } }) =>
    addresses.some(({ family, text }) => {
      if (text !== undefined) return false;
      const blocks = subnets.filter((subnet) => subnet.family === family);
      return blocks.length === 0 || blocks.some((one) => isInSubnet(one.text, address));
    }),
  );
}

function unexplained(entry: string, scene: Scene): Finding {
  return {
    severity: 'high',
    code: 'unexplained-entry',
    subject: entry,
    why: whyUnexplained(entry, scene),
    instead: listAdvice(scene),
  };
}

function whyUnexplained(entry: string, { proxy, app }: Scene): string {
  if (isLoopback(entry))
    return `is where only ${app.name}’s own container comes from, never the proxy`;
  const elsewhere = proxy?.attachments.find(({ addresses }) =>
    addresses.some(({ text }) => holds(entry, text)),
  );
  return elsewhere
    ? `is ${proxy?.name} on ${elsewhere.network.name}, by which it does not come`
    : 'is nobody’s address here: whoever gets it can be anyone';
}

function isLoopback(entry: string): boolean {
  return auditTrustedProxies(entry).some(({ code }) => code === 'loopback');
}
