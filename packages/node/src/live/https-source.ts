import type { IncomingMessage } from 'node:http';
import type { request as httpsRequest } from 'node:https';
import { getBuiltinModule } from '../builtin.js';
import { codeOf } from '../code-of.js';
import { LONGEST_LIST, readList } from './read-list.js';
import type { Source } from './source.js';

/** How lists on the web are read. */
export interface HttpsOptions {
  /** Certificates (PEM) of those who may vouch for the server, in the place of the system's. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[];
  /** How often. Default 3600, at least 60, at most 43200. */
  readonly refreshSeconds?: number;
}

const SECOND = 1000;
const HOUR_S = 3600;

/** How seldom, at most, and how often a list may be read. */
export const HTTPS_REFRESH = { least: 60, most: 12 * HOUR_S } as const;

/**
 * Makes a source of a list on the web, such as a provider's addresses. Refuses redirects, every status but 200, a body that is not
 * whole or that does not say how long it is, and one of more than 1 MiB.
 */
export function httpsSource(
  name: string,
  { ca, refreshSeconds = HOUR_S }: HttpsOptions = {},
): Source {
  const refreshMs = refreshSeconds * SECOND;
  const { request } = getBuiltinModule('node:https');
  return {
    name,
    isEdited: false,
    timing: {
      timeoutMs: 10 * SECOND,
      keepMs: 24 * HOUR_S * SECOND,
      retryMs: 5 * SECOND,
      mostRetryMs: Math.min(600 * SECOND, refreshMs),
      leastMs: 5 * SECOND,
    },
    window: 'what is read last is believed for at most 24 h while the list cannot be read',
    async read(signal) {
      const bytes = await fetchBytes(request, name, ca, signal);
      return { entries: readList(bytes), nextMs: refreshMs };
    },
  };
}

async function fetchBytes(
  request: typeof httpsRequest,
  url: string,
  ca: HttpsOptions['ca'],
  signal: AbortSignal,
): Promise<Buffer> {
  const response = await get(request, url, ca, signal).catch(explain);
  try {
    const { statusCode = 0 } = response;
    if (statusCode >= 300 && statusCode < 400) {
      throw new Error(`answers ${statusCode}: redirects are not followed, write where it leads to`);
    }
    if (statusCode !== 200) throw new Error(`answers ${statusCode}`);
    if (!isBounded(response)) throw new Error(UNBOUNDED);
    return await readBody(response);
  } finally {
    response.destroy();
  }
}

function get(
  request: typeof httpsRequest,
  url: string,
  ca: HttpsOptions['ca'],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const own = ca === undefined ? {} : { ca: [ca].flat() };
    // An agent of nobody's: no connection is kept, and none that somebody has loosened is used.
    const asked = request(url, { agent: false, signal, ...own, rejectUnauthorized: true }, resolve);
    asked.on('error', reject);
    // An answer that Node throws away, such as 101, is neither an error nor a response, and no signal ends what has ended.
    asked.on('close', () => reject(new Error('it ended without an answer')));
    asked.end();
  });
}

/**
 * Tells whether a body says where it ends. Else it ends with the connection, which whoever is on the way can end without any key (a
 * truncation attack; Node does not tell whether TLS was closed in order): of `10.0.0.12` it would be another's address that is left.
 */
function isBounded({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding = '' } = headers;
  return length !== undefined || /(?:^|,)\s*chunked$/i.test(coding);
}

const UNBOUNDED = 'does not say how long it is (Content-Length, or chunks), so that it may be half';

async function readBody(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > LONGEST_LIST) break;
    }
  } catch (error) {
    explain(error);
  }
  return Buffer.concat(chunks);
}

function explain(error: unknown): never {
  throw new Error(`cannot be read, ${codeOf(error) ?? error}`);
}
