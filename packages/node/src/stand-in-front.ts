import { IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Server } from 'node:net';
import { Duplex } from 'node:stream';
import { createSlot, isObject } from '@trusted-header/core';
import { holdBack } from './hold-back.js';
import { isHttp2Stream, isNodeRequest, isNodeResponse } from './is-node-request.js';
import type { NodeRequest, NodeResponse } from './node-request.js';

/** The events by which a server hands over a request that wants an answer. */
export type RequestEvent = 'request' | 'checkContinue' | 'checkExpectation' | 'connect';

/** What sees everything that a server hands over before anybody else does (A6). Each tells whether to go on. */
export interface ServerFront {
  /** What a request has to wait for before it is handed to {@link onRequest} or {@link onUpgrade}. Never rejects. */
  holdRequest?(req: NodeRequest): Promise<void> | undefined;
  /** The same of {@link onStream}. */
  holdStream?(stream: ServerHttp2Stream, rawHeaders: readonly string[]): Promise<void> | undefined;
  onRequest(event: RequestEvent, req: NodeRequest, res: NodeResponse, server: Server): boolean;
  /** A request that gets the connection itself: an upgrade, or HTTP/1's CONNECT. */
  onUpgrade(req: IncomingMessage, socket: Duplex): boolean;
  /** A request that Node answers with 503 (`maxRequestsPerSocket`): its listeners only look. */
  onDropped(req: IncomingMessage): void;
  /** An HTTP/2 request, before there is a request object. */
  onStream(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    rawHeaders: string[],
    server: Server,
  ): boolean;
}

type EventArgs = readonly [event: string | symbol, ...args: unknown[]];

/** Who stands in front of a server, in order of arrival. */
const fronts = createSlot<ServerFront[]>();

/**
 * Stands in front of every event by which a server hands a request or a socket to somebody, whoever listens to it, now or
 * later: socket.io, a WebSocket library, a logger, the framework.
 */
export function standInFront(server: Server, front: ServerFront): void {
  const earlier = fronts.get(server);
  if (earlier) {
    if (!earlier.includes(front)) earlier.push(front);
    return;
  }
  const all = [front];
  fronts.set(server, all);
  const own = Object.hasOwn(server, 'emit') ? server.emit : undefined;
  Object.defineProperty(server, 'emit', {
    value: (...args: EventArgs): boolean => emitBehind(0, args),
    configurable: true,
    writable: true,
  });

  /** Asks those in front, from this one on, and emits then. */
  function emitBehind(first: number, args: EventArgs): boolean {
    for (let i = first; i < all.length; i++) {
      const each = all[i];
      if (!each) continue;
      const held = holdFor(each, args);
      if (held) {
        holdBack(held, args, () => emitBehind(i, args));
        return true;
      }
      if (!mayGoOn(each, server, args)) return true;
    }
    // Asked for now: what measures applications replaces the method of all servers, before us or after.
    const emit = own ?? Object.getPrototypeOf(server).emit;
    return Reflect.apply(emit, server, args);
  }
}

/** What is to be waited for before an event goes on. */
function holdFor(
  { holdRequest, holdStream }: ServerFront,
  [event, first, , , fourth]: EventArgs,
): Promise<void> | undefined {
  if (holdRequest && HELD.has(event) && isNodeRequest(first)) return holdRequest(first);
  const isNew = event === 'stream' && isHttp2Stream(first) && isLines(fourth);
  return holdStream && isNew ? holdStream(first, fourth) : undefined;
}

const HELD: ReadonlySet<string | symbol> = new Set([
  'request',
  'checkContinue',
  'checkExpectation',
  'connect',
  'upgrade',
]);

function mayGoOn(
  front: ServerFront,
  server: Server,
  [event, first, second, , fourth]: EventArgs,
): boolean {
  switch (event) {
    case 'request':
    case 'checkContinue':
    case 'checkExpectation':
    case 'connect':
      if (isNodeRequest(first) && isNodeResponse(second)) {
        return front.onRequest(event, first, second, server);
      }
      return onUpgrade(front, event, first, second);
    case 'upgrade':
      return onUpgrade(front, event, first, second);
    case 'dropRequest':
      if (first instanceof IncomingMessage) front.onDropped(first);
      return true;
    case 'stream':
      return isHttp2Stream(first) && isHeaders(second) && isLines(fourth)
        ? front.onStream(first, second, fourth, server)
        : true;
    default:
      return true;
  }
}

function onUpgrade(front: ServerFront, event: string, req: unknown, socket: unknown): boolean {
  if (req instanceof IncomingMessage && socket instanceof Duplex) {
    return front.onUpgrade(req, socket);
  }
  // What has no headers is no request: an event of somebody else's.
  if (!hasHeaders(req)) return true;
  throw unknownRequest(event);
}

/** Nobody can tell whose it is, and behind what stands in front nobody asks. */
function unknownRequest(event: string): TypeError {
  return new TypeError(
    `trusted-header: '${event}' was emitted with what is no request and answer of Node's, and is not handed on, since nobody has decided it; emit an IncomingMessage, or a Readable with rawHeaders, and a ServerResponse or, for an upgrade, a Duplex`,
  );
}

function hasHeaders(value: unknown): boolean {
  return isObject(value) && 'headers' in value;
}

function isHeaders(value: unknown): value is IncomingHttpHeaders {
  return isObject(value);
}

function isLines(value: unknown): value is string[] {
  return Array.isArray(value);
}
