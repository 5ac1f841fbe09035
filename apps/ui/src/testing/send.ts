import { type IncomingHttpHeaders, request } from 'node:http';

/** What to send besides the address. */
export interface Outgoing {
  readonly method?: string;
  /** Header lines as they shall go out, names and repetitions included. UTF-8 goes out as bytes. */
  readonly lines?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  /** The address to send from: 127.0.0.2 is a stranger to an app that trusts 127.0.0.1. */
  readonly from?: string;
  /** How long to wait for the whole answer. Default 10 s. */
  readonly patienceMs?: number;
}

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request over a connection of its own. Follows no redirect, and merges no header lines as `fetch` does. */
export function send(url: string | URL, outgoing: Outgoing = {}): Promise<Reply> {
  const { method = 'GET', lines = [], body = '', from, patienceMs = 10_000 } = outgoing;
  const { host } = new URL(url);
  const headers = [
    ['Host', host],
    ...lines,
    ...(body === '' ? [] : [['Content-Length', String(Buffer.byteLength(body))]]),
    ['Connection', 'close'],
  ];
  return new Promise((resolve, reject) => {
    const outgoingRequest = request(url, {
      method,
      headers: headers.flat().map(toBytes),
      agent: false,
      signal: AbortSignal.timeout(patienceMs),
      ...(from !== undefined && { localAddress: from }),
    });
    outgoingRequest.on('error', reject);
    outgoingRequest.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: received, body: Buffer.concat(chunks).toString() });
      });
    });
    outgoingRequest.end(body);
  });
}

/** Node writes headers as Latin-1: one character a byte. */
function toBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}
