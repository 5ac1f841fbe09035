import { type Block, networkOf } from '../address/block.js';
import { parsePeer } from '../address/parse-peer.js';
import { rangeOf } from '../address/special-ranges.js';

/** Addresses that are never a proxy of one's own, by their 32 bits, and whose they are. */
const KNOWN: ReadonlyMap<number, string> = new Map([
  // 172.17.0.1
  [0xac110001, 'is the gateway of Docker’s default network (docker0)'],
  // 192.168.65.1
  [0xc0a84101, 'is the gateway of Docker Desktop'],
  // 10.0.2.2
  [0x0a000202, 'is the gateway of slirp4netns and QEMU'],
  // 10.0.2.100
  [
    0x0a000264,
    'is where clients of published ports come from under rootless Docker and Podman (slirp4netns)',
  ],
]);

/** An address behind which there may be everybody (T7). */
export interface Gateway {
  /** Whose it is known to be; undefined where it only looks like one. */
  readonly known: string | undefined;
}

/**
 * Tells whether an address is a gateway, through which clients of published ports come: a known one, or a private address
 * that is the first of its /24 (`172.20.0.1`) or /64 (`fd00:30::1`), as those of container networks are unless told otherwise.
 */
export function gatewayAt(block: Block): Gateway | undefined {
  const known = knownGateway(block);
  return known !== undefined || (isPrivate(block) && isFirst(block)) ? { known } : undefined;
}

/** Says whose gateway a single address is known to be. */
export function knownGateway({ family, words: [address] }: Block): string | undefined {
  return family === 4 ? KNOWN.get(address) : undefined;
}

/** Tells the same about the source address of a connection. */
export function isGateway(peer: string): boolean {
  const words = new Uint32Array(4);
  const family = parsePeer(peer, words);
  if (family === 0) return false;
  const prefix = family === 4 ? 32 : 128;
  return gatewayAt({ family, words: networkOf(words, prefix), prefix }) !== undefined;
}

function isPrivate({ family, words }: Block): boolean {
  const range = rangeOf(family, words);
  return range === 'private' || range === 'uniqueLocal';
}

function isFirst({ family, words: [first, , third, last] }: Block): boolean {
  return family === 4 ? (first & 255) === 1 : third === 0 && last === 1;
}
