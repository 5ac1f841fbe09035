import type { Peer } from '../case.js';

/**
 * Lists header lines that claim another source address than the connection's. They are on every request: the trusted
 * proxy's address from a stranger, a stranger's from the proxy. An adapter that reads any of them goes wrong.
 */
export function decoyLines(address: Exclude<Peer, 'unix'>): readonly string[] {
  return [
    `X-Forwarded-For: ${address}`,
    `X-Real-IP: ${address}`,
    `Forwarded: for=${address.includes(':') ? `"[${address}]"` : address};proto=https`,
    `CF-Connecting-IP: ${address}`,
    `True-Client-IP: ${address}`,
    `X-Client-IP: ${address}`,
    `X-Cluster-Client-IP: ${address}`,
    `Fastly-Client-IP: ${address}`,
    `Fly-Client-IP: ${address}`,
    `X-Vercel-Forwarded-For: ${address}`,
    `X-Original-Forwarded-For: ${address}`,
    `X-Remote-Addr: ${address}`,
    `Remote-Addr: ${address}`,
  ];
}
