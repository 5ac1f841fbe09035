import { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { Duplex, Readable, Stream } from 'node:stream';
import type { NodeRequest, NodeResponse } from './node-request.js';

/**
 * Tells whether something is a request of one of Node's servers, or made like one: what a test or a serverless platform injects has
 * raw lines as well, and a socket that no server has accepted. One of HTTP/2 is known by its stream and not by its class, for which a
 * start would load all of `node:http2`.
 */
export function isNodeRequest(value: unknown): value is NodeRequest {
  if (value instanceof IncomingMessage) return true;
  return value instanceof Readable && (isOfStream(value) || hasRawLines(value));
}

/** The same of its answer. */
export function isNodeResponse(value: unknown): value is NodeResponse {
  if (value instanceof ServerResponse) return true;
  return value instanceof Stream && 'writeHead' in value && isOfStream(value);
}

/** Tells whether something is what HTTP/2 has of a request before there is a request object. */
export function isHttp2Stream(value: unknown): value is ServerHttp2Stream {
  return value instanceof Duplex && 'session' in value && 'respond' in value;
}

function hasRawLines(value: Readable): boolean {
  return 'rawHeaders' in value && Array.isArray(value.rawHeaders);
}

function isOfStream(value: Stream): boolean {
  return 'stream' in value && isHttp2Stream(value.stream);
}
