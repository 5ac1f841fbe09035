import type { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { exitWithError } from './exit-with-error.js';

/** A server of any kind that is about to listen. */
type StartingServer = EventEmitter & { address(): AddressInfo | string | null };

/** Says where an app listens once it does, and why not if it cannot. */
export function announce(framework: string, server: StartingServer): void {
  server.once('error', exitWithError);
  server.once('listening', () => {
    const scheme = server instanceof TlsServer ? 'https' : 'http';
    console.log(`The ${framework} app listens on ${urlOf(scheme, server.address())}`);
  });
}

function urlOf(scheme: string, address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `${scheme}://${host}:${address.port}`;
}
