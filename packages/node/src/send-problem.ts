import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import { type Refusal, renderProblem } from '@trusted-header/core';

/** Answers a request with the problem of its refusal (D2), in the form that the client prefers. */
export function sendProblem(
  req: IncomingMessage | Http2ServerRequest,
  res: ServerResponse | Http2ServerResponse,
  refusal: Refusal,
): void {
  const { status, headers, body } = renderProblem(refusal, req.headers.accept);
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('content-length', Buffer.byteLength(body));
  res.end(body);
}

/** Answers an upgrade request with the problem of its refusal, and closes the connection. */
export function rejectUpgrade(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = renderProblem(refusal, undefined);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  // The client may be gone already, and then nobody needs to hear of it.
  socket.once('error', () => socket.destroy());
  socket.end(
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

const REASON_PHRASES = { 401: 'Unauthorized', 403: 'Forbidden' } as const;
