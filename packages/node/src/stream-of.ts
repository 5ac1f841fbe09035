import type { ServerHttp2Stream } from 'node:http2';
import type { NodeRequest } from './node-request.js';

/** Gives the stream of an HTTP/2 request. A property of that name on another request is the application's. */
export function streamOf(req: NodeRequest): ServerHttp2Stream | undefined {
  return req.httpVersionMajor >= 2 && 'stream' in req ? req.stream : undefined;
}
