import type { ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { ProbeAnswer } from '@trusted-header/core/probe';
import { closeAfter } from './close-after.js';
import type { NodeRequest, NodeResponse } from './node-request.js';
import type { ReadTrailers } from './read-trailers.js';
import { streamOf } from './stream-of.js';

/** Sends the probe its answer; a body that is still coming is not waited for. */
export function endProbe(
  req: NodeRequest,
  res: NodeResponse,
  { status, headers, body }: ProbeAnswer,
  { isWhole }: Pick<ReadTrailers, 'isWhole'>,
): void {
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.setHeader('content-length', Buffer.byteLength(body));
  const stream = streamOf(req);
  if (!isWhole) {
    // The response of HTTP/2 says that it is finished when the stream is closed, which waits for the body.
    if (stream) stream.once('finish', () => stream.close());
    else res.setHeader('connection', 'close');
  }
  res.end(body);
}

/** The same for an HTTP/2 request of which there is only the stream. */
export function endProbeOfStream(
  stream: ServerHttp2Stream,
  { status, headers, body }: ProbeAnswer,
): void {
  stream.respond({ ...headers, ':status': status, 'content-length': Buffer.byteLength(body) });
  stream.end(body, () => stream.close());
}

/** The same for a request that wanted the connection itself, and loses it. */
export function endProbeOfUpgrade(socket: Duplex, { status, headers, body }: ProbeAnswer): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  closeAfter(
    socket,
    [
      `HTTP/1.1 ${status} OK`,
      'connection: close',
      `content-length: ${Buffer.byteLength(body)}`,
      ...lines,
      '',
      body,
    ].join('\r\n'),
  );
}
