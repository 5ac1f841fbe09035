import type { AssertionProvider } from '../providers/provider.js';
import { type RefusedVerdict, refused, showId } from '../refused.js';
import { type JsonObject, member } from './read-json-object.js';

/**
 * Judges what a header says about how the token was made, before any key is looked for.
 *
 * Refuses algorithms that the provider does not use, also `none`; extensions that must be understood (`crit`), and a payload that is
 * not base64url (`b64`). Keys and addresses of keys that a header brings along (`jwk`, `jku`, `x5c`, `x5u`) are never looked at.
 */
export function checkHeader(
  header: JsonObject,
  { algorithms }: AssertionProvider,
): RefusedVerdict | undefined {
  const alg = member(header, 'alg');
  if (!algorithms.some((one) => one === alg)) {
    return refused('assertion-algorithm', `alg ${showId(alg)}, and not ${algorithms.join(' or ')}`);
  }
  for (const name of ['crit', 'b64']) {
    if (Object.hasOwn(header, name)) {
      return refused('assertion-malformed', `its header says ${name}, which is not supported`);
    }
  }
  return undefined;
}
