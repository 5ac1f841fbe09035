import type { IncomingMessage } from 'node:http';

/** Authelia's `server.buffers.read`, where nobody has set it. */
export const READ_BUFFER_BYTES = 4_096;

type Head = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>;

/** Counts the bytes of a request's head as it came over the wire, up to the empty line at its end. */
export function headBytes({ method = '', url = '', rawHeaders }: Head): number {
  return `${method} ${url} HTTP/1.1\r\n\r\n`.length + lineBytes(rawHeaders);
}

/** Counts the bytes of header lines, given as names and values in turn. */
export function lineBytes(lines: readonly string[]): number {
  // After a name come a colon and a space, after a value the end of the line: two bytes each.
  return lines.reduce((bytes, text) => bytes + text.length + 2, 0);
}

/**
 * Tells how long a head Node itself must read, so that ours is the answer to one that is too long.
 *
 * Beyond it Node answers 431 too, without a word.
 */
export function nodeHeaderSize(readBufferBytes: number): number {
  return Math.max(65_536, 2 * readBufferBytes);
}
