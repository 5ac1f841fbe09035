import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { type ProblemLinks, type Refusal, renderProblem } from '@trusted-header/core';
import { closeAfter } from './close-after.js';
import type { NodeRequest, NodeResponse } from './node-request.js';

/** Answers a request with the problem of its refusal (D2), in the form and the language that the client prefers. */
export function sendProblem(
  req: NodeRequest,
  res: NodeResponse,
  refusal: Refusal,
  links: ProblemLinks = {},
): void {
  const { accept, 'accept-language': acceptLanguage } = req.headers;
  const { status, headers, body } = renderProblem(refusal, { ...links, accept, acceptLanguage });
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('content-length', Buffer.byteLength(body));
  res.end(body);
}

/** The same for an HTTP/2 request of which there is only the stream. */
export function respondProblem(
  stream: ServerHttp2Stream,
  { accept, 'accept-language': acceptLanguage }: IncomingHttpHeaders,
  refusal: Refusal,
): void {
  // The client may be gone already, and then nobody needs to hear of it.
  stream.once('error', () => undefined);
  if (stream.destroyed || stream.headersSent) return;
  const { status, headers, body } = renderProblem(refusal, { accept, acceptLanguage });
  stream.respond({ ...headers, ':status': status, 'content-length': Buffer.byteLength(body) });
  stream.end(body);
}

/** Answers an upgrade request with the problem of its refusal, and closes the connection. */
export function rejectUpgrade(socket: Duplex, refusal: Refusal): void {
  const asked = { accept: undefined, acceptLanguage: undefined };
  const { status, headers, body } = renderProblem(refusal, asked);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  closeAfter(
    socket,
    [
      `HTTP/1.1 ${status} ${REASON_PHRASES[status]}`,
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
      ...lines,
      '',
      body,
    ].join('\r\n'),
  );
}

const REASON_PHRASES = {
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
} as const;
