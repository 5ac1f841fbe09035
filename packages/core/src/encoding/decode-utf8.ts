// ignoreBOM keeps a leading U+FEFF in the text, where it is refused; without it two spellings would be one user.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8 bytes, one per element. Gives undefined for anything that is not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Decodes text whose characters are bytes (Latin-1), as Node and Fetch hand header values over. */
export function decodeUtf8Text(latin1: string): string | undefined {
  return decodeUtf8(bytesOf(latin1));
}

/** Takes each character (U+0000 to U+00FF) as a byte. */
export function bytesOf(latin1: string): Uint8Array {
  const bytes = new Uint8Array(latin1.length);
  for (let i = 0; i < latin1.length; i++) bytes[i] = latin1.charCodeAt(i);
  return bytes;
}

/** Tells the length of text in UTF-8 bytes. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // A surrogate pair is four bytes in two units: two for each.
    length += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return length;
}
