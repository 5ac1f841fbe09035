import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Decision } from '@trusted-header/core';
import {
  factsFromRequest,
  type NodeRequest,
  propertyOf,
  rejectUpgrade,
  type ServerFront,
  standInFront,
  watchServers,
} from '@trusted-header/node';
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
    const request = propertyOf(message, 'request');
    const response = propertyOf(message, 'response');
    if (!(request instanceof IncomingMessage && response instanceof ServerResponse)) return;
    arrive(registry, readArrival(request, response));
  };
  const front = createUpgradeFront(registry);
  subscribe('http.server.request.start', onRequest);
  const stopWatchingServers = watchServers((server) => standInFront(server, front), {
    withEarlier: true,
  });
  registry.stop = () => {
    unsubscribe('http.server.request.start', onRequest);
    stopWatchingServers();
  };
  return registry;
}

/**
 * Decides upgrades, which are not published (N7), in front of their servers: whoever listens to them, and since when. Next
 * begins to with its first request, if the server is the application's own. And answers the probe, whose requests only what stands
 * here can keep from Next.
 */
function createUpgradeFront(registry: Registry): ServerFront {
  const arrived = new WeakMap<NodeRequest, Decision | undefined>();
  return {
    holdRequest(request) {
      if (!isUpgrade(request) || arrived.has(request) || isProbe(registry, request))
        return undefined;
      const found = arrive(registry, readArrival(request));
      if (found instanceof Promise)
        return found.then(
          (decision) => void arrived.set(request, decision),
          () => void arrived.set(request, undefined),
        );
      arrived.set(request, found);
      return undefined;
    },
    onRequest: (event, request, response) =>
      registry.settings?.probe?.answers(request, response, event) !== true,
    onUpgrade(request) {
      if (registry.settings?.probe?.answersUpgrade(request, request.socket)) return false;
      const decision = arrived.get(request);
      if (decision?.kind !== 'refused') return true;
      rejectUpgrade(request.socket, decision);
      return false;
    },
    onDropped: () => undefined,
    onStream: () => true,
  };
}

/** Decides a request, or keeps it until it can be decided. */
function arrive(registry: Registry, arrival: Arrival): Decision | Promise<Decision> | undefined {
  if (isProbe(registry, arrival.request)) return undefined;
  if (registry.settings) return decideOnArrival(registry, registry.settings, arrival);
  // The connection may be gone by the time there are options, and its address with it.
  factsFromRequest(arrival.request);
  keepWhileOpen(registry.early, [arrival.request, arrival], arrival);
  return undefined;
}

/** Stays as it came: it is answered in front of its server. */
function isProbe({ settings }: Registry, request: NodeRequest): boolean {
  return settings?.probe?.isProbe(request) === true;
}

/** Other requests have been published, and do not wait. */
function isUpgrade(request: NodeRequest): request is IncomingMessage {
  return request instanceof IncomingMessage && propertyOf(request, 'upgrade') === true;
}
