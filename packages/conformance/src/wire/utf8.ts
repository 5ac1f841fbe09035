/** Writes text as the bytes of its UTF-8, one character a byte, for a header line. */
export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
