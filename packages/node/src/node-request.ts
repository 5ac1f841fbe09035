import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';

/** A request as Node servers hand it over: HTTP/1 (also one of the `'upgrade'` event), or the HTTP/2 compatibility API. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** Its answer. */
export type NodeResponse = ServerResponse | Http2ServerResponse;
