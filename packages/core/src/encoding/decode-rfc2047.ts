import { decodeBase64 } from './decode-base64.js';
import { bytesOf, decodeUtf8 } from './decode-utf8.js';

/** `=?charset[*language]?B or Q?text?=` (RFC 2047 section 2, RFC 2231 section 5) */
const ENCODED_WORD = /^=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bq])\?([^?\s]*)\?=$/i;

/**
 * Decodes RFC 2047 encoded words, as Tailscale and Go's `mime` package write them.
 *
 * Text around them is ASCII; white space between two encoded words is dropped. Gives undefined for bytes outside ASCII,
 * charsets other than UTF-8, ISO-8859-1 and US-ASCII, and anything that looks like an encoded word but is none.
 */
export function decodeRfc2047(text: string): string | undefined {
  let decoded = '';
  let pending = '';
  let afterWord = false;
  // Odd parts are the runs of white space between the words.
  for (const [i, part] of text.split(/([ \t]+)/).entries()) {
    if (i % 2 === 1) {
      pending = part;
      continue;
    }
    const isWord = part.includes('=?');
    const word = isWord ? decodeWord(part) : asciiOnly(part);
    if (word === undefined) return undefined;
    decoded += (isWord && afterWord ? '' : pending) + word;
    pending = '';
    afterWord = isWord;
  }
  return decoded + pending;
}

function decodeWord(word: string): string | undefined {
  const parts = ENCODED_WORD.exec(word);
  if (!parts) return undefined;
  const [, charset = '', encoding = '', text = ''] = parts;
  const bytes = encoding.toLowerCase() === 'b' ? decodeBase64(text) : decodeQ(text);
  if (!bytes) return undefined;
  switch (charset.toLowerCase()) {
    case 'utf-8':
      return decodeUtf8(bytes);
    case 'iso-8859-1':
      return latin1Of(bytes);
    case 'us-ascii':
      return asciiOnly(latin1Of(bytes));
    default:
      return undefined;
  }
}

/** One by one: a function takes only so many arguments. */
function latin1Of(bytes: Uint8Array): string {
  let decoded = '';
  for (const byte of bytes) decoded += String.fromCharCode(byte);
  return decoded;
}

/** The "Q" encoding of RFC 2047 section 4.2: `_` is a space, `=XX` a byte. */
function decodeQ(text: string): Uint8Array | undefined {
  if (!/^(?:=[\da-f]{2}|[!-<>-~])*$/i.test(text)) return undefined;
  const latin1 = text
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return bytesOf(latin1);
}

function asciiOnly(text: string): string | undefined {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) return undefined;
  }
  return text;
}
