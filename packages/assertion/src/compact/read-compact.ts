import { base64url } from '../jose.js';
import { isBase64url } from './is-base64url.js';
import { type JsonObject, readJsonObject } from './read-json-object.js';

/** The longest token that is looked at, in characters. Larger ones cost milliseconds before they fail. */
export const MOST_CHARACTERS = 16_384;

/** A token that has been taken apart, and that nobody has verified. */
export interface CompactToken {
  /** As it came: this is what was signed. */
  readonly text: string;
  readonly header: JsonObject;
}

/**
 * Reads a JSON Web Token in its compact form (RFC 7515 section 7.1): three parts of base64url with a JSON object in the first.
 *
 * Refuses more than 16 KiB before anything else; white space, a trailing dot, other alphabets, spellings that are not the only one,
 * and header members that are there twice. The payload is not looked at: nothing in it is anybody's word yet.
 *
 * @param padded Whether the parts may carry `=`, as those of AWS do.
 */
export function readCompact(
  text: string,
  padded = false,
): CompactToken | { readonly problem: string } {
  if (text.length > MOST_CHARACTERS) {
    return { problem: `${text.length} characters > ${MOST_CHARACTERS}` };
  }
  const parts = text.split('.');
  if (parts.length !== 3) {
    const found = parts.length === 1 ? 'one part' : `${parts.length} parts`;
    return { problem: `${found} instead of three` };
  }
  if (!parts.every((part) => isBase64url(part, padded))) {
    return { problem: 'a part that is not base64url, or not in its only spelling' };
  }
  const header = readJsonObject(base64url.decode(parts[0] ?? ''));
  return header
    ? { text, header }
    : { problem: 'its header is no JSON object with single members' };
}
