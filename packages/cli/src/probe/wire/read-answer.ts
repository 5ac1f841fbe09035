import type { Answer } from './exchange.js';

/** More of an answer is not read: the receiver's is a few kilobytes, and of others the beginning tells enough. */
export const MAX_ANSWER_BYTES = 512 * 1024;

/** Nobody sends as many before the answer. */
const MAX_INTERIM = 20;

/**
 * Reads an answer of HTTP/1 from what has come so far, one character a byte.
 *
 * Gives `undefined` while it is not complete. Answers such as `100 Continue` are passed over. Lenient: it judges nobody's
 * answers, and a body in a form that it does not know is read until the connection ends.
 */
export function readAnswer(
  text: string,
  method: string,
  hasEnded: boolean,
  interim = 0,
): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  if (Number.isNaN(status)) return undefined;
  const rest = text.slice(end + 4);
  if (status < 200 && status !== 101) {
    return interim < MAX_INTERIM ? readAnswer(rest, method, hasEnded, interim + 1) : undefined;
  }
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return colon < 0
      ? ['', line]
      : [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
  });
  const fieldOf = (name: string): string | undefined => headers.find(([one]) => one === name)?.[1];
  const answer = (body: string): Answer => ({ kind: 'answer', status, headers, body: utf8(body) });
  if (method === 'HEAD' || status === 101 || status === 204 || status === 304) return answer('');
  if (/(?:^|,) *chunked *$/i.test(fieldOf('transfer-encoding') ?? '')) {
    const body = readChunks(rest);
    if (body.isComplete || hasEnded) return answer(body.text);
    return undefined;
  }
  const length = Number(fieldOf('content-length') ?? Number.NaN);
  if (!Number.isNaN(length) && rest.length >= length) return answer(rest.slice(0, length));
  return hasEnded ? answer(rest) : undefined;
}

function readChunks(text: string): { readonly text: string; readonly isComplete: boolean } {
  let body = '';
  let at = 0;
  for (;;) {
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0) return { text: body, isComplete: false };
    const digits = /^[\da-f]{1,8}/i.exec(text.slice(at, lineEnd))?.[0];
    // What is no size is the end: a negative one would lead back.
    if (digits === undefined) return { text: body, isComplete: true };
    const size = Number.parseInt(digits, 16);
    if (size === 0) {
      // Trailer fields, if there are any, end with an empty line.
      const isComplete = text.slice(lineEnd).includes('\r\n\r\n');
      return { text: body, isComplete };
    }
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
    if (at > text.length) return { text: body, isComplete: false };
  }
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
