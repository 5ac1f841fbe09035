import { parsePeer } from '../address/parse-peer.js';
import type { BlockTable } from './block-table.js';
import { normalPath } from './normal-path.js';

/** The compiled list of trusted proxies. */
export interface Trust {
  /** Tells whether the source address of a connection is a trusted proxy. Total: anything but such an address is not. */
  has(peer: string | undefined): boolean;
  /** Tells whether connections accepted on this Unix socket are from a trusted proxy. */
  hasUnixSocket(path: string): boolean;
}

/** The longest peer text that is looked at, and kept: an address and a zone. */
const LONGEST_PEER = 128;

/** What the list holds: a table for addresses of each kind, undefined where there are none, and the paths of sockets. */
export interface TrustTables {
  readonly ipv4: BlockTable | undefined;
  /** IPv6 blocks up to /64. */
  readonly wide: BlockTable | undefined;
  /** IPv6 blocks with longer prefixes. */
  readonly narrow: BlockTable | undefined;
  readonly sockets: ReadonlySet<string>;
}

/** Looks sources up in the compiled list (T3–T5). */
export function createTrust({ ipv4, wide, narrow, sockets }: TrustTables): Trust {
  const words = new Uint32Array(4);
  // The last peer seen, for keep-alive connections and single proxies: one slot, so nothing here grows with traffic.
  let lastPeer = '';
  let lastAnswer = false;

  return {
    has(peer) {
      if (peer === lastPeer) return lastAnswer;
      if (typeof peer !== 'string' || peer.length > LONGEST_PEER) return false;
      lastAnswer = holds(peer);
      lastPeer = peer;
      return lastAnswer;
    },
    hasUnixSocket(path) {
      return sockets.has(path) || (typeof path === 'string' && sockets.has(normalPath(path)));
    },
  };

  function holds(peer: string): boolean {
    const family = parsePeer(peer, words);
    if (family === 4) return ipv4?.has(words) ?? false;
    if (family === 6) return (wide?.has(words) ?? false) || (narrow?.has(words) ?? false);
    return false;
  }
}
