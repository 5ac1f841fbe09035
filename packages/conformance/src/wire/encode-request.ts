import type { WireRequest } from '../case.js';

/** Writes a request as bytes, one character each. Adds `Host` and the framing of the body, unless a line has it. */
export function encodeRequest(request: WireRequest, decoys: readonly string[]): string {
  const { method = 'GET', path = '/whoami', version = '1.1', lines = [] } = request;
  const { body, trailers, behind = '' } = request;
  return [
    `${method} ${path} HTTP/${version}`,
    'Host: app.test',
    ...decoys,
    ...lines,
    ...framing(lines, body, trailers),
    '',
    `${trailers ? chunked(body ?? '', trailers) : (body ?? '')}${behind}`,
  ].join('\r\n');
}

function framing(
  lines: readonly string[],
  body: string | undefined,
  trailers: readonly string[] | undefined,
): readonly string[] {
  if (trailers) return ['Transfer-Encoding: chunked'];
  const isGiven = lines.some((line) => /^content-length:/i.test(line));
  return body === undefined || isGiven ? [] : [`Content-Length: ${body.length}`];
}

/** Two chunks and the trailer section (RFC 9112 section 7.1). */
function chunked(body: string, trailers: readonly string[]): string {
  const half = Math.ceil(body.length / 2);
  const chunks = [body.slice(0, half), body.slice(half)].filter((chunk) => chunk !== '');
  return [
    ...chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}`),
    '0',
    ...trailers,
    '',
    '',
  ].join('\r\n');
}
