/** Where one end of a connection is, as `net.Socket` tells it. */
export interface ConnectionAddresses {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

/**
 * Names a TCP connection as the end that opened it sees it: its own address and port, then the other's. A dual-stack
 * listener prints an IPv4 address as a mapped one: that is the same connection.
 *
 * Gives nothing for a Unix socket, for a socket that is not connected yet and for one that is gone: a key with an
 * undefined part would be the key of many.
 */
export function openedKey(end: ConnectionAddresses): string | undefined {
  return keyOf(end.localAddress, end.localPort, end.remoteAddress, end.remotePort);
}

/** The same for the end that accepted the connection: ours and theirs have one key. */
export function acceptedKey(end: ConnectionAddresses): string | undefined {
  return keyOf(end.remoteAddress, end.remotePort, end.localAddress, end.localPort);
}

/** What all keys of connections begin with that come from the same address and port. */
export function acceptedPrefix(end: ConnectionAddresses): string | undefined {
  const { remoteAddress, remotePort } = end;
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  return `${unmapped(remoteAddress)} ${remotePort} `;
}

function keyOf(
  from: string | undefined,
  fromPort: number | undefined,
  to: string | undefined,
  toPort: number | undefined,
): string | undefined {
  if (from === undefined || fromPort === undefined) return undefined;
  if (to === undefined || toPort === undefined) return undefined;
  return `${unmapped(from)} ${fromPort} ${unmapped(to)} ${toPort}`;
}

function unmapped(address: string): string {
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
