import type { JsonObject } from '../compact/read-json-object.js';
import { member } from '../compact/read-json-object.js';
import { createLocalJWKSet, errors } from '../jose.js';
import type { VerifyKey } from './key-store.js';

/** How many keys one token is tried with. Sets in which keys have no ids are short; each try costs as much as a login. */
const MOST_TRIES = 8;

/** Finds the keys of a set that a token can be of. */
export type ChooseKeys = (header: JsonObject) => Promise<readonly VerifyKey[]>;

/**
 * Compiles a key set. What can be used for which algorithm (`kty`, `crv`, `alg`, `use`, `key_ops`) jose decides.
 *
 * A token's `kid` must be equal to the key's. Without one, the first eight keys that suit the algorithm are tried; so are several
 * keys of one id.
 */
export function compileKeySet(keys: readonly JsonObject[]): ChooseKeys {
  const set = createLocalJWKSet({ keys: keys.map((key) => ({ ...key, kty: String(key['kty']) })) });
  return async (header) => {
    const alg = member(header, 'alg');
    const kid = member(header, 'kid');
    if (typeof alg !== 'string' || (kid !== undefined && typeof kid !== 'string')) return [];
    try {
      return [await set({ alg, ...(kid !== undefined && { kid }) })];
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) return [];
      const several: VerifyKey[] = [];
      for await (const key of error) {
        several.push(key);
        if (several.length === MOST_TRIES) break;
      }
      return several;
    }
  };
}
