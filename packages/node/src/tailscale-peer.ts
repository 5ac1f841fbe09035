import { isIP } from 'node:net';

const MAPPED = /^::ffff:([\d.]+)$/i;

/** Gives a peer's address as Tailscale writes it: an IPv4-mapped one as IPv4 (T3). Refuses what is no address, and zones. */
export function plainAddress(peer: string | undefined): string | undefined {
  if (peer === undefined || peer.includes('%')) return undefined;
  const address = MAPPED.exec(peer)?.[1] ?? peer;
  return isIP(address) === 0 ? undefined : address;
}

/** Tells whether an address is of loopback. */
export function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}

/** Writes an address with its port, as a URL does. */
export function withPort(address: string, port: number | undefined): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
