import { openConnection, type Place } from './open-connection.js';
import { sendHttp1 } from './send-http1.js';
import { sendHttp2 } from './send-http2.js';
import type { WireRequest } from './wire-request.js';

/** An answer, as it came. Names of headers are in lower case. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What came of a request. */
export type Exchange =
  | Answer
  /** There was a connection, and it ended before an answer. */
  | { readonly kind: 'closed' }
  /** There was a connection, and what came is no answer: not HTTP, cut off within its head, or more than is read. */
  | { readonly kind: 'garbled' }
  /** There was a connection, and nothing came in time. */
  | { readonly kind: 'silent' }
  /** The server does not speak this version of HTTP. */
  | { readonly kind: 'unsupported' }
  /** No connection: the system's code, such as `ECONNREFUSED`. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The certificate is not one to believe, or there is no TLS. */
  | { readonly kind: 'tls'; readonly code: string };

/** Sends one request on a connection of its own. Follows no redirect, and never throws. */
export async function exchange(
  place: Place,
  request: WireRequest,
  timeoutMs: number,
): Promise<Exchange> {
  const isHttp2 = request.protocol === 'h2' || request.protocol === 'h2c';
  const opened = await openConnection(place, isHttp2 ? 'h2' : 'http/1.1', timeoutMs);
  if (opened.kind !== 'open') return opened;
  const { socket } = opened;
  try {
    if (!isHttp2) return await sendHttp1(socket, request, timeoutMs);
    if (request.protocol === 'h2' && opened.alpn !== 'h2') return { kind: 'unsupported' };
    return await sendHttp2(socket, request, place.target.scheme, timeoutMs);
  } finally {
    socket.destroy();
  }
}

/** The values of a header of an answer. */
export function valuesOf({ headers }: Answer, name: string): readonly string[] {
  return headers.filter(([one]) => one === name).map(([, value]) => value);
}
