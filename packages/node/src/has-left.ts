import type { NodeRequest } from './node-request.js';
import { streamOf } from './stream-of.js';

/**
 * Tells whether the client of a request has hung up, as one may do while a proof is asked for: whoever is handed the request then is
 * never told that the connection is closed, and waits for it for ever.
 */
export function hasLeft(req: NodeRequest): boolean {
  const stream = streamOf(req);
  // A request that a test injects has half a socket.
  return stream ? stream.destroyed : req.socket?.destroyed === true;
}
