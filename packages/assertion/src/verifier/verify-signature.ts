import type { CompactToken } from '../compact/read-compact.js';
import { type JsonObject, readJsonObject } from '../compact/read-json-object.js';
import { compactVerify, errors } from '../jose.js';
import type { VerifyKey } from '../keys/key-store.js';
import type { AssertionProvider } from '../providers/provider.js';
import { type RefusedVerdict, refused } from '../refused.js';

/** What was signed. */
export interface Payload {
  readonly kind: 'payload';
  readonly claims: JsonObject;
}

/**
 * Verifies the text as it came (AWS signs its padding) with each key in turn, and gives the payload of the one that fits.
 *
 * Refuses a payload that is no JSON object, or names a member twice.
 */
export async function verifySignature(
  { text }: CompactToken,
  keys: readonly VerifyKey[],
  { algorithms }: AssertionProvider,
): Promise<RefusedVerdict | Payload> {
  for (const key of keys) {
    const payload = await payloadOf(text, key, algorithms);
    if (!payload) continue;
    const claims = readJsonObject(payload);
    return claims
      ? { kind: 'payload', claims }
      : refused('assertion-malformed', 'its payload is no JSON object with single members');
  }
  return refused('assertion-signature');
}

async function payloadOf(
  text: string,
  key: VerifyKey,
  algorithms: readonly string[],
): Promise<Uint8Array | undefined> {
  try {
    const { payload } = await compactVerify(text, key, { algorithms: [...algorithms] });
    return payload;
  } catch (error) {
    // Any error is a key that does not fit: of jose, or of WebCrypto, which says of some keys that they cannot be used.
    if (error instanceof errors.JOSEError || error instanceof Error) return undefined;
    throw error;
  }
}
