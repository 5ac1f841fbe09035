import type { Environment } from '../verifier/environment.js';

/** The largest body that is read. */
const MOST_BYTES = 65_536;

export interface FetchedText {
  readonly kind: 'text';
  readonly text: string;
  readonly maxAgeSeconds: number | undefined;
}

export type Fetched =
  | FetchedText
  | { readonly kind: 'failed'; readonly problem: string; readonly status?: number };

/**
 * Fetches a text of at most 64 KiB within five seconds, whatever the other side does. Follows no redirect and takes no status but 200.
 * Never throws. What it says of a failure holds the status, and nothing of the body.
 */
export async function fetchText(url: string, { fetch, timeoutMs }: Environment): Promise<Fetched> {
  const gate = new AbortController();
  const timer = setTimeout(() => gate.abort(), timeoutMs);
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: gate.signal,
      headers: { accept: 'application/json, application/x-pem-file, text/plain' },
    });
    if (response.status !== 200) {
      void response.body?.cancel().catch(() => undefined);
      const { status } = response;
      const problem =
        status === 0 || (status >= 300 && status < 400)
          ? `it redirects (${status}); write the address that it redirects to`
          : `status ${status}`;
      return { kind: 'failed', problem, status };
    }
    const text = await readText(response);
    if (text === undefined) return { kind: 'failed', problem: `more than ${MOST_BYTES} bytes` };
    return { kind: 'text', text, maxAgeSeconds: maxAgeOf(response) };
  } catch (error) {
    const problem = gate.signal.aborted
      ? `no whole answer within ${timeoutMs / 1000} s`
      : describe(error);
    return { kind: 'failed', problem };
  } finally {
    clearTimeout(timer);
    gate.abort();
  }
}

/** Gives undefined for too much. Text that is not UTF-8 gets U+FFFD, which no JSON and no PEM of ours holds. */
async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return new TextDecoder().decode(whole);
}

function maxAgeOf(response: Response): number | undefined {
  const found = /(?:^|[\s,])max-age=(\d{1,9})(?:$|[\s,])/i.exec(
    response.headers.get('cache-control') ?? '',
  );
  return found ? Number(found[1]) : undefined;
}

/** The code of what went wrong below (`ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`), which is no text of the other side. */
function describe(error: unknown): string {
  for (const one of [read(error, 'cause'), error]) {
    const code = read(one, 'code');
    if (typeof code === 'string' && /^\w{1,60}$/.test(code)) return code;
  }
  return 'it cannot be reached';
}

function read(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
