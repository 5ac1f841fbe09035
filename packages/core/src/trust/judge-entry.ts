import { addressBits, type Block, covers, lastAddressOf } from '../address/block.js';
import { nameRange } from '../address/format-address.js';
import type { AuditFinding } from './audit-finding.js';
import { gatewayAt } from './gateways.js';
import { judgeLive } from './judge-live.js';
import type { TrustEntry } from './parse-trusted-proxies.js';

/** Private blocks at least this wide are what clusters give to all their pods (10.244.0.0/16, fd00:10:244::/56). */
const POD_NETWORK = { 4: 20, 6: 56 } as const;

/** Where Tailscale takes the IPv6 addresses of all nodes from: fd7a:115c:a1e0::/48. */
const TAILNETS: Block = { family: 6, words: [0xfd7a115c, 0xa1e00000, 0, 0], prefix: 48 };

const STATIC_ADDRESS = 'give the proxy a static address and list that one alone';

/** Says what is unwise about an entry, once, however many blocks a name stands for (T7). */
export function judgeEntry(entry: TrustEntry): AuditFinding[] {
  if (entry.live) return [judgeLive(entry.text, entry.live)];
  return entry.blocks.flatMap((block) => judgeBlock(entry, block)).slice(0, 1);
}

/** By the range that it lies in. */
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
      return one ? [] : [tailnetBlock(entry, size)];
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
  const gateway = gatewayAt(block);
  if (!gateway) return [];
  if (gateway.known !== undefined) {
    const why = `${gateway.known}: whoever comes from there can be anyone`;
    return [{ severity: 'high', code: 'gateway', entry, why, instead: STATIC_ADDRESS }];
  }
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
  if (covers(TAILNETS, block)) return tailnetBlock(entry, size);
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

/** Not one proxy, but everybody: right only where somebody is asked about each of them. */
function tailnetBlock(entry: string, size: string): AuditFinding {
  return {
    severity: 'high',
    code: 'tailnet-block',
    entry,
    why: `holds ${size} addresses that Tailscale gives to its nodes: each of them can be anyone, and 100.64.0.0/10 is also what carriers and clusters use`,
    instead:
      'list the address of the one node that is the proxy; or let tailscaleWhois() of @trusted-header/node ask Tailscale about each of them, for which this block is right',
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

/** Blocks that reach across ranges are judged like public ones, which is the strictest. */
function rangeOfBlock({ family, words, prefix }: Block): string {
  const first = nameRange(family, words);
  return first === nameRange(family, lastAddressOf(words, prefix)) ? first : 'unicast';
}

function sizeOf({ family, prefix }: Block): string {
  const bits = addressBits(family) - prefix;
  return bits > 32 ? `2^${bits}` : String(2 ** bits);
}
