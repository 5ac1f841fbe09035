import {
  decideUnheard,
  endProbeOfUpgrade,
  factsFromRequest,
  hasLeft,
  isNodeRequest,
  type NodeRequest,
  openProbeOf,
  readTrailers,
  resolveWithNotice,
  shapeOf,
  stateFor,
  stripHeaders,
  testSourceOfFetch,
  withOwnHeaders,
} from '@trusted-header/node';
import type { Context } from 'hono';
import type { RuntimeBridge } from './facts.js';

/** Works on the request that `@hono/node-server` keeps behind the context (`c.env.incoming`). */
export const nodeBridge: RuntimeBridge = {
  resolveOptions: (options) => resolveWithNotice(options, ['facts']),
  readSeen(c) {
    const incoming = incomingOf(c);
    return incoming && factsFromRequest(incoming);
  },
  hasLeft(c) {
    const incoming = incomingOf(c);
    return incoming !== undefined && hasLeft(incoming);
  },
  decide(c, authenticator) {
    const incoming = incomingOf(c);
    if (!incoming) return undefined;
    const decision = decideUnheard(incoming, authenticator);
    const state = stateFor(incoming);
    const { facts = factsFromRequest(incoming), shape = shapeOf(incoming) } = state;
    return { decision, facts, shape, state, incoming };
  },
  strip(c, authenticator) {
    const incoming = incomingOf(c);
    if (incoming) stripHeaders(incoming, authenticator);
    return incoming;
  },
  isStripped: ({ isIdentityHeader }) => withOwnHeaders(isIdentityHeader),
  testSourceOf: testSourceOfFetch,
  openProbe: openProbeOf,
  async readTrailers(c) {
    const incoming = incomingOf(c);
    if (!incoming) return undefined;
    const { lines } = await readTrailers(incoming);
    return { httpVersion: incoming.httpVersion, trailers: lines };
  },
  async endsUpgrade(c, answer) {
    const incoming = incomingOf(c);
    const isUpgrade = incoming && 'upgrade' in incoming && incoming.upgrade === true;
    if (!isUpgrade) return false;
    const { socket } = incoming;
    // Who has hung up while a proof was asked for closes nothing any more.
    if (socket.destroyed) return true;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    endProbeOfUpgrade(socket, answer);
    await closed;
    return true;
  },
};

function incomingOf(c: Context): NodeRequest | undefined {
  const env: unknown = c.env;
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return undefined;
  const { incoming } = env;
  return isNodeRequest(incoming) ? incoming : undefined;
}
