import { Agent, get, type IncomingMessage } from 'node:http';
import { troubleOf } from './tailscale-troubles.js';

/** What tailscaled said, whole. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Why there is no answer, for the operator. */
export interface Trouble {
  readonly trouble: string;
}

/** More than any answer: one about a node has a few kilobytes. */
const MOST_BYTES = 1024 * 1024;
/** Questions at once; others wait their turn, and their time-out runs. */
const MOST_AT_ONCE = 16;

/**
 * Makes the client of tailscaled's LocalAPI: HTTP over a Unix socket, a connection for each question.
 *
 * Never rejects. Gives no answer that takes longer than `timeoutMs` altogether, or has more than 1 MiB, or is not UTF-8.
 */
export function createLocalApi(where: {
  readonly socket: string;
  readonly timeoutMs: number;
}): (question: string) => Promise<Reply | Trouble> {
  const { socket, timeoutMs } = where;
  const agent = new Agent({ maxSockets: MOST_AT_ONCE });

  return async (question) => {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = {
          socketPath: socket,
          path: `/localapi/v0/${question}`,
          // The name that tailscaled expects, so that no web page can ask by a name of its own.
          headers: { host: 'local-tailscaled.sock' },
          agent,
          signal,
        };
        // An answer that Node throws away, such as 101, is neither an error nor a response, and no signal ends what has ended.
        get(options, resolve).on('error', reject).on('close', reject);
      });
      const text = await readText(response);
      if (text === undefined) return { trouble: 'tailscaled answered more than 1 MiB' };
      return { status: response.statusCode ?? 0, text };
    } catch (error) {
      if (signal.aborted) return { trouble: `tailscaled did not answer within ${timeoutMs} ms` };
      return { trouble: troubleOf(error) };
    }
  };
}

/** Throws for bytes that are not UTF-8; leaving the loop early closes the connection. */
async function readText(response: IncomingMessage): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
}
