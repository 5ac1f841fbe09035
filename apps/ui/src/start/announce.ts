import type { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exitWithError } from './exit-with-error.js';

/** A server of any kind that is about to listen. */
type StartingServer = EventEmitter & { address(): AddressInfo | string | null };

/** Says where an app listens once it does, and why not if it cannot. */
export function announce(framework: string, server: StartingServer): void {
  server.once('error', exitWithError);
  server.once('listening', () => {
    console.log(`The ${framework} app listens on ${urlOf(server.address())}`);
  });
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') return String(address);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
