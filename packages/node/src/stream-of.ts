import { IncomingMessage } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { isHttp2Stream } from './is-node-request.js';
import type { NodeRequest } from './node-request.js';

/**
 * Gives the stream of an HTTP/2 request. A property of that name on another request is the application's, whatever version the
 * client has named: Node's parser of HTTP/1 takes `GET / HTTP/2.0`, too.
 */
export function streamOf(req: NodeRequest): ServerHttp2Stream | undefined {
  if (req.httpVersionMajor < 2 || req instanceof IncomingMessage) return undefined;
  return 'stream' in req && isHttp2Stream(req.stream) ? req.stream : undefined;
}
