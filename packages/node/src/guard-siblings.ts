import type { Server } from 'node:net';
import type { ServerHandler } from './server-front.js';
import { type ServerFront, standInFront } from './stand-in-front.js';
import { watchServers } from './watch-servers.js';

/** Who stands in front of the servers that have a handler. */
const frontsByHandler = new WeakMap<object, Set<ServerFront>>();

let stopWatching = (): void => undefined;

/**
 * Stands in front of every other server of the process with the same handler as well, once it accepts connections: Fastify's
 * second server for `localhost`, HTTP and HTTPS over one Express application.
 *
 * @param handler What the servers have in common; by default whoever listens to requests of `server` now.
 */
export function guardSiblings(
  server: Server,
  handler: ServerHandler | undefined,
  front: ServerFront,
): void {
  for (const listener of handler ? [handler] : server.listeners('request')) {
    const fronts = frontsByHandler.get(listener) ?? new Set();
    frontsByHandler.set(listener, fronts.add(front));
  }
  // Anew: a server that was seen before may have this handler.
  stopWatching();
  stopWatching = watchServers(guardLike);
}

function guardLike(server: Server): void {
  for (const listener of server.listeners('request')) {
    for (const front of frontsByHandler.get(listener) ?? []) standInFront(server, front);
  }
}
