import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Decision } from '@trusted-header/core';
import { factsFromRequest, rejectUpgrade } from '@trusted-header/node';
import { type Arrival, readArrival } from './arrival.js';
import { isBuildFile } from './build-files.js';
import { decideOnArrival } from './decide-on-arrival.js';
import { keepWhileOpen } from './keep-while-open.js';
import { createRegistry, findRegistry, type Registry } from './registry.js';

/**
 * Watches the HTTP servers of this process, once: every request is decided before its server's own handler runs, and
 * those that come before there are options, as soon as there are.
 */
export function watchRequests(): Registry {
  const earlier = findRegistry();
  if (earlier) return earlier;
  const registry = createRegistry({ isBuildFile });
  const onRequest = (message: unknown): void => {
    const request = partOf(message, 'request');
    const response = partOf(message, 'response');
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    arrive(registry, readArrival(request, request.socket, response));
  };
  const onConnection = watchUpgrades(registry);
  subscribe('http.server.request.start', onRequest);
  subscribe('net.server.socket', onConnection);
  registry.stop = () => {
    unsubscribe('http.server.request.start', onRequest);
    unsubscribe('net.server.socket', onConnection);
  };
  return registry;
}

/** Upgrade requests are not published (N7): they are found by their servers, and these by their connections. */
function watchUpgrades(registry: Registry): (message: unknown) => void {
  const servers = new WeakSet<Server>();
  return (message) => {
    const server = partOf(partOf(message, 'socket'), 'server');
    if (!(server instanceof Server) || servers.has(server)) return;
    // A server that does not listen for upgrades must not look as if it did.
    if (server.listenerCount('upgrade') === 0) return;
    servers.add(server);
    server.prependListener('upgrade', (request: IncomingMessage, socket: Socket) => {
      const decision = arrive(registry, readArrival(request, socket));
      // Next leaves an upgrade that proxy.ts refuses without an answer.
      if (decision?.kind === 'refused') rejectUpgrade(socket, decision);
    });
  };
}

/** Decides a request, or keeps it until it can be decided. */
function arrive(registry: Registry, arrival: Arrival): Decision | undefined {
  if (registry.settings) return decideOnArrival(registry, registry.settings, arrival);
  // The connection may be gone by the time there are options, and its address with it.
  factsFromRequest(arrival.request);
  keepWhileOpen(registry.early, [arrival.request, arrival], arrival);
  return undefined;
}

function partOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
