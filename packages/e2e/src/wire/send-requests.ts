import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect as connectHttp2, type IncomingHttpStatusHeader } from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { openConnection } from './open-connection.js';
import type { HttpRequest, Reply, RequestsOrder, Result } from './protocol.js';

const PATIENCE_MS = 15_000;

/** Sends requests one after the other over one connection, or spread over several at once. */
export async function sendRequests(order: RequestsOrder): Promise<Result> {
  const { requests, connections = 1 } = order;
  const lanes = Array.from({ length: connections }, (_, lane) =>
    requests.flatMap((one, i) => (i % connections === lane ? [{ one, i }] : [])),
  );
  const replies: Reply[] = [];
  await Promise.all(
    lanes.map(async (lane) => {
      const socket = await openConnection(order.to, [order.version === '2' ? 'h2' : 'http/1.1']);
      const client = order.version === '2' ? http2Client(socket) : http1Client(socket);
      for (const { one, i } of lane) replies[i] = await client.send(one);
      client.close();
    }),
  );
  return { kind: 'replies', replies };
}

interface Client {
  send(request: HttpRequest): Promise<Reply>;
  close(): void;
}

/** An agent that has one connection, and takes no other: its users share it as a browser’s tabs do. */
function http1Client(socket: Socket): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isTaken = false;
  // Told, not thrown: Node asks from an event of the old connection, where nobody would catch it.
  agent.createConnection = (_options, answer) => {
    if (isTaken) {
      answer?.(new Error('the server has closed the connection between two requests'), socket);
      return undefined;
    }
    isTaken = true;
    return socket;
  };
  return {
    send: ({ method = 'GET', path, headers, body, bodySize }) =>
      new Promise((resolve, reject) => {
        const outgoing = request({
          agent,
          method,
          path,
          headers: headers.flat().map(toBytes),
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        outgoing.once('error', reject);
        outgoing.once('response', (response) => {
          resolve(replyOf(response.statusCode ?? 0, response.headers, response));
        });
        outgoing.end(bodySize === undefined ? body : Buffer.alloc(bodySize, 'x'));
      }),
    close: () => socket.destroy(),
  };
}

function http2Client(socket: Socket): Client {
  const session = connectHttp2('https://unused.invalid', { createConnection: () => socket });
  return {
    send: ({ method = 'GET', path, headers, body, bodySize }) =>
      new Promise((resolve, reject) => {
        const stream = session.request({
          ':method': method,
          ':path': path,
          ...http2Headers(headers),
        });
        stream.setTimeout(PATIENCE_MS, () => stream.destroy(new Error('nobody answers')));
        session.once('error', reject);
        stream.once('error', reject);
        stream.once('response', (response: IncomingHttpHeaders & IncomingHttpStatusHeader) => {
          resolve(replyOf(response[':status'] ?? 0, response, stream));
        });
        stream.end(bodySize === undefined ? body : Buffer.alloc(bodySize, 'x'));
      }),
    close: () => session.close(),
  };
}

/** Names in lower case, as the protocol has them (RFC 9113 section 8.2); repeated ones stay repeated. */
function http2Headers(headers: HttpRequest['headers']): Record<string, string | string[]> {
  const lines: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase() === 'host' ? ':authority' : name.toLowerCase();
    const earlier = lines[key];
    lines[key] = earlier === undefined ? toBytes(value) : [earlier, toBytes(value)].flat();
  }
  return lines;
}

async function replyOf(
  status: number,
  headers: Readonly<Record<string, unknown>>,
  body: Readable,
): Promise<Reply> {
  const chunks: Buffer[] = [];
  let firstAt = 0;
  for await (const chunk of body) {
    if (firstAt === 0) firstAt = Date.now();
    chunks.push(Buffer.from(chunk));
  }
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
    streamedForMs: firstAt === 0 ? 0 : Date.now() - firstAt,
  };
}

/** Node writes headers as Latin-1: one character a byte. */
function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
