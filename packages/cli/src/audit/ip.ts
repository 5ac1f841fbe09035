import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An IP version. */
export type Family = 4 | 6;

/** An IP address as a number. */
export interface Ip {
  readonly family: Family;
  readonly value: bigint;
}

/** How many bits an address has. */
export const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/**
 * Reads an IPv4 or IPv6 address; a mapped one (`::ffff:10.0.0.7`) is the IPv4 address inside it (T3). Nothing for
 * anything else, such as a zone, a prefix or a host name.
 */
export function parseIp(text: string): Ip | undefined {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 0) return undefined;
  // In the URL parser's spelling: ipaddr.js takes `::10.0.0.7` for the mapped address.
  const plain = version === 6 ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text;
  const address = ipaddr.process(plain);
  const value = address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return { family: address.kind() === 'ipv4' ? 4 : 6, value };
}

/** Writes an address: dotted decimal, or RFC 5952. */
export function formatIp({ family, value }: Ip): string {
  const bytes = Array.from({ length: BITS[family] / 8 }, (_, i) =>
    Number((value >> BigInt(BITS[family] - 8 * (i + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}
