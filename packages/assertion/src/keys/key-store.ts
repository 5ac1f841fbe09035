import type { JsonObject } from '../compact/read-json-object.js';
import type { CryptoKey } from '../jose.js';
import type { RefusedVerdict } from '../refused.js';

/** A key that verifies: of WebCrypto, or the bytes of a secret. */
export type VerifyKey = CryptoKey | Uint8Array;

export type FoundKeys =
  | RefusedVerdict
  | {
      readonly kind: 'keys';
      readonly keys: readonly VerifyKey[];
      /** What {@link KeyStore.mark} gives as long as these keys hold. */
      readonly mark: number;
      /** Gives the keys that are there by now, where others may be: a token has not been signed by any of these. */
      readonly later?: () => Promise<FoundKeys | undefined>;
    };

/** Where a verifier has its keys from. */
export interface KeyStore {
  /** Fetches what can be fetched before the first token. Gives whether there are keys; never rejects. */
  ready(): Promise<boolean>;
  /** Gives the keys that a token with this header can be of. Never rejects. */
  find(header: JsonObject): Promise<FoundKeys>;
  /**
   * Tells whether what this header's key has verified before is good without verifying again, and has old keys fetched anew beside it.
   * The mark changes when a key is gone; undefined: verify again.
   */
  mark(header: JsonObject): number | undefined;
}
