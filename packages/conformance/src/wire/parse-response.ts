/** A response, and what of it the checks look at. */
export interface WireResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Everything before the body, for leaks. */
  readonly head: string;
}

/** A response at the start of the bytes that came, and how many of them it is. */
export interface ParsedResponse {
  readonly response: WireResponse;
  readonly length: number;
}

/**
 * Parses the first response (RFC 9112) in bytes that may hold less or more. Gives undefined while it is incomplete.
 *
 * @param isHead The request was `HEAD`, so there is no body.
 * @param isClosed No more bytes will come: ends a body that has no length.
 */
export function parseResponse(
  bytes: string,
  isHead: boolean,
  isClosed: boolean,
): ParsedResponse | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = bytes.slice(0, headEnd);
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1]);
  const headers = new Map(lines.map(splitLine));
  const start = headEnd + 4;
  const body = bodyOf(bytes, start, headers, isClosed, isHead || BODILESS.includes(status));
  return body && { response: { status, headers, head, body: body.text }, length: body.end };
}

/** RFC 9110 section 6.4.1; what follows 101 is another protocol. */
const BODILESS = [100, 101, 204, 304];

interface Body {
  readonly text: string;
  readonly end: number;
}

function bodyOf(
  bytes: string,
  start: number,
  headers: ReadonlyMap<string, string>,
  isClosed: boolean,
  isEmpty: boolean,
): Body | undefined {
  if (isEmpty) return { text: '', end: start };
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') {
    return chunkedBody(bytes, start);
  }
  const length = headers.get('content-length');
  if (length === undefined) {
    return isClosed ? { text: bytes.slice(start), end: bytes.length } : undefined;
  }
  const end = start + Number(length);
  return bytes.length < end ? undefined : { text: bytes.slice(start, end), end };
}

/** RFC 9112 section 7.1, without extensions and trailers: the servers under test send none. */
function chunkedBody(bytes: string, start: number): Body | undefined {
  let text = '';
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.slice(at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (!(bytes.length >= end)) return undefined;
    if (size === 0) return { text, end };
    text += bytes.slice(lineEnd + 2, end - 2);
    at = end;
  }
}

function splitLine(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
