import { addressBits, type Block, covers, formatBlock, lastAddressOf } from '../address/block.js';
import { rangeOf } from '../address/format-address.js';
import { knownGateway, looksLikeGateway } from './gateways.js';
import { parseTrustedProxies, type TrustEntry } from './parse-trusted-proxies.js';
import type { TrustedProxies } from './trusted-proxies.js';

/** What kind of weakness a finding is about. */
export type AuditCode =
  | 'public-block'
  | 'public-address'
  | 'gateway'
  | 'pod-network'
  | 'private-block'
  | 'link-local'
  | 'loopback'
  | 'never-a-peer'
  | 'covered';

/** Something legal but unwise about one entry of the list. */
export interface AuditFinding {
  /** `high`: somebody else can probably be any user; `medium`: somebody else might; `low`: untidy, but safe. */
  readonly severity: 'high' | 'medium' | 'low';
  readonly code: AuditCode;
  /** The entry as it was written. */
  readonly entry: string;
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}

/** Private blocks at least this wide are what clusters give to all their pods (10.244.0.0/16, fd00:10:244::/56). */
const POD_NETWORK = { 4: 20, 6: 56 } as const;

const STATIC_ADDRESS = 'give the proxy a static address and list that one alone';

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
  return entries.flatMap((entry, i) => [
    ...entry.blocks.flatMap((block) => judgeBlock(entry, block)).slice(0, 1),
    ...judgeCover(entry, i, entries),
  ]);
}

function judgeBlock({ text: entry }: TrustEntry, block: Block): AuditFinding[] {
  const one = block.prefix === addressBits(block.family);
  const size = sizeOf(block);
  switch (rangeOfBlock(block)) {
    case 'loopback':
      return [
        {
          severity: 'medium',
          code: 'loopback',
          entry,
          why: 'is this machine: any local process, of any user, can be anyone',
          instead:
            'let the proxy connect over a Unix socket (unix:/run/app.sock) that only it may open',
        },
      ];
    case 'private':
    case 'uniqueLocal':
      return one ? judgeGateway(entry, block) : [judgePrivateBlock(entry, block, size)];
    case 'carrierGradeNat':
      return one ? [] : [judgePrivateBlock(entry, block, size)];
    case 'linkLocal':
      return [
        {
          severity: one ? 'medium' : 'high',
          code: 'link-local',
          entry,
          why: `is link-local: ${one ? 'any host on the same link can take this address' : 'every host on the same link can be anyone'}`,
          instead: STATIC_ADDRESS,
        },
      ];
    case 'unspecified':
    case 'broadcast':
    case 'multicast':
      return [
        {
          severity: 'low',
          code: 'never-a-peer',
          entry,
          why: 'is never the source of a TCP connection',
          instead: 'leave it out',
        },
      ];
    default:
      return [one ? publicAddress(entry) : publicBlock(entry, size)];
  }
}

/** A gateway is everybody who comes through it: the machine's own processes, and clients of published ports. */
function judgeGateway(entry: string, block: Block): AuditFinding[] {
  const known = knownGateway(block);
  if (known !== undefined) {
    const why = `${known}: whoever comes from there can be anyone`;
    return [{ severity: 'high', code: 'gateway', entry, why, instead: STATIC_ADDRESS }];
  }
  if (!looksLikeGateway(block)) return [];
  return [
    {
      severity: 'medium',
      code: 'gateway',
      entry,
      why: 'looks like the gateway of a container network: the machine’s processes and clients of published ports come from it, and each can be anyone',
      instead: `${STATIC_ADDRESS}, unless this is the proxy’s own`,
    },
  ];
}

function judgePrivateBlock(entry: string, block: Block, size: string): AuditFinding {
  if (block.prefix <= POD_NETWORK[block.family]) {
    return {
      severity: 'high',
      code: 'pod-network',
      entry,
      why: `holds ${size} addresses, as much as the pods of a cluster or a whole site: any of them can be anyone`,
      instead: `${STATIC_ADDRESS}; where every pod shares such a network, an address proves nothing`,
    };
  }
  return {
    severity: 'high',
    code: 'private-block',
    entry,
    why: `holds ${size} addresses, such as a whole Docker network: any container or host on it can be anyone`,
    instead: STATIC_ADDRESS,
  };
}

function publicBlock(entry: string, size: string): AuditFinding {
  return {
    severity: 'high',
    code: 'public-block',
    entry,
    why: `holds ${size} addresses outside private space: whoever gets one of them can be anyone`,
    instead: 'list the single address of the proxy',
  };
}

function publicAddress(entry: string): AuditFinding {
  return {
    severity: 'medium',
    code: 'public-address',
    entry,
    why: 'is outside private space: the hop from the proxy crosses networks that are not yours',
    instead: 'let the proxy reach the application over a private network or a tunnel',
  };
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
    b.blocks.every((block) => a.blocks.some((wider) => covers(wider, block)));
  return coversAll(outer, inner) && (isEarlier || !coversAll(inner, outer));
}

function narrower(entry: TrustEntry, other: TrustEntry): string {
  const [block] = entry.blocks;
  return block ? formatBlock(block) : other.text;
}

/** Blocks that reach across ranges are judged like public ones, which is the strictest. */
function rangeOfBlock({ family, words, prefix }: Block): string {
  const first = rangeOf(family, words);
  return first === rangeOf(family, lastAddressOf(words, prefix)) ? first : 'unicast';
}

function sizeOf({ family, prefix }: Block): string {
  const bits = addressBits(family) - prefix;
  return bits > 32 ? `2^${bits}` : String(2 ** bits);
}
