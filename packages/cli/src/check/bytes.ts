/** The bytes of a text in UTF-8, one character each: what Node makes of the bytes of a header. */
export function asBytes(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The text of which these are the bytes in UTF-8, one character each. */
export function asText(bytes: string): string {
  const numbers = Uint8Array.from(bytes, (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(numbers);
}
