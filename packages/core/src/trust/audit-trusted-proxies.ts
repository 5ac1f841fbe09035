import { covers, formatBlock } from '../address/block.js';
import type { AuditFinding } from './audit-finding.js';
import { judgeEntry } from './judge-entry.js';
import { parseTrustedProxies, type TrustEntry } from './parse-trusted-proxies.js';
import type { TrustedProxies } from './trusted-proxies.js';

/**
 * Explains what is unwise about a list of trusted proxies that is legal (T7), entry by entry.
 *
 * Sees the list only: an address may still be shared by several programs. No finding is no proof.
 *
 * @throws {ConfigError} Like {@link compileTrust}, for a list that is not legal.
 *
 * @example
 * ```ts
 * import { auditTrustedProxies } from '@trusted-header/core';
 *
 * for (const { severity, entry, why, instead } of auditTrustedProxies('172.20.0.0/16')) {
 *   console.warn(`${severity}: ${entry} ${why}; ${instead}`);
 * }
 * ```
 */
export function auditTrustedProxies(trustedProxies: TrustedProxies): AuditFinding[] {
  const entries = parseTrustedProxies(trustedProxies);
  return entries.flatMap((entry, i) => [...judgeEntry(entry), ...judgeCover(entry, i, entries)]);
}

function judgeCover(entry: TrustEntry, at: number, entries: readonly TrustEntry[]): AuditFinding[] {
  const other = entries.find((candidate, i) => i !== at && coversEntry(candidate, entry, i < at));
  if (!other) return [];
  return [
    {
      severity: 'low',
      code: 'covered',
      entry: entry.text,
      why: `is already covered by ${other.text}`,
      instead: `leave one of the two out: ${narrower(entry, other)} is enough if it is the proxy`,
    },
  ];
}

/** Equal entries cover each other: only the later one is reported. */
function coversEntry(outer: TrustEntry, inner: TrustEntry, isEarlier: boolean): boolean {
  const coversAll = (a: TrustEntry, b: TrustEntry): boolean =>
    a.unixSocket === b.unixSocket &&
    a.live?.name === b.live?.name &&
    b.blocks.every((block) => a.blocks.some((wider) => covers(wider, block)));
  return coversAll(outer, inner) && (isEarlier || !coversAll(inner, outer));
}

function narrower(entry: TrustEntry, other: TrustEntry): string {
  const [block] = entry.blocks;
  return block ? formatBlock(block) : other.text;
}
