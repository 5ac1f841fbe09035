import { type Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { HeaderLine } from './identity-lines.js';

/** What an application has answered. */
export interface LoginResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One request, as it goes over the wire. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly lines: readonly HeaderLine[];
  readonly body: string;
  readonly agent: Agent;
  /** The address to send from; undefined leaves it to the system. */
  readonly localAddress: string | undefined;
}

const PATIENCE_MS = 10_000;

/** Sends one request. Follows no redirect, and rejects where no answer has come within ten seconds. */
export function sendRequest(outgoing: Outgoing): Promise<LoginResponse> {
  const { url, method, lines, body, agent, localAddress } = outgoing;
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method,
      agent,
      headers: lines.flat(),
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(localAddress !== undefined && { localAddress }),
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.end(body);
  });
}

/** Tells whether an answer is one (2xx), and no refusal and no redirect. */
export function isAnswer({ status }: LoginResponse): boolean {
  return status >= 200 && status < 300;
}
