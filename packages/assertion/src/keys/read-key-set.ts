import { isJsonObject, type JsonObject, member } from '../compact/read-json-object.js';
import { base64url } from '../jose.js';

const MOST_KEYS = 100;
const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192;

/** Members of keys that are private, or that are the secret itself (RFC 7518 section 6). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

export type ReadKeySet =
  | { readonly kind: 'keys'; readonly keys: readonly JsonObject[]; readonly weak: number }
  | { readonly kind: 'failed'; readonly problem: string };

/**
 * Reads a JSON Web Key Set.
 *
 * Refuses more than 100 keys, and the whole set where one key is private or symmetric: whoever published it has lost it. Leaves out RSA
 * keys below 2 048 bits, and above 8 192, which take milliseconds each.
 *
 * @param emptyMeans What a set without keys means at this provider.
 */
export function readKeySet(text: string, emptyMeans?: string): ReadKeySet {
  const set = parse(text);
  if (!isJsonObject(set)) return failed('no JSON object, and so no key set');
  const keys = member(set, 'keys');
  if (keys === undefined || (Array.isArray(keys) && keys.length === 0)) {
    return failed(`an empty key set${emptyMeans === undefined ? '' : `: ${emptyMeans}`}`);
  }
  if (!Array.isArray(keys) || !keys.every(isJsonObject)) return failed('its keys are no list');
  if (keys.length > MOST_KEYS) return failed(`${keys.length} keys > ${MOST_KEYS}`);
  if (keys.some(isSecret)) {
    return failed('a private or symmetric key is in it, and has to be replaced');
  }
  const strong = keys.filter(isStrong);
  if (strong.length === 0) {
    return failed(`no key but RSA below ${LEAST_RSA_BITS} bits or above ${MOST_RSA_BITS}`);
  }
  return { kind: 'keys', keys: strong, weak: keys.length - strong.length };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(problem: string): ReadKeySet {
  return { kind: 'failed', problem };
}

function isSecret(key: JsonObject): boolean {
  return member(key, 'kty') === 'oct' || PRIVATE.some((name) => Object.hasOwn(key, name));
}

function isStrong(key: JsonObject): boolean {
  if (member(key, 'kty') !== 'RSA') return true;
  const bits = bitsOf(member(key, 'n'));
  return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
}

function bitsOf(modulus: unknown): number {
  if (typeof modulus !== 'string') return 0;
  try {
    const bytes = base64url.decode(modulus);
    const first = bytes.findIndex((byte) => byte !== 0);
    return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
  } catch {
    return 0;
  }
}
