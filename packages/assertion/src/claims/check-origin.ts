import { member } from '../compact/read-json-object.js';
import type { AssertionProvider, Claims } from '../providers/provider.js';
import { type RefusedVerdict, refused } from '../refused.js';
import { isOneOf, orList } from './one-of.js';

/**
 * Refuses a token that somebody else has issued, or that is for somebody else: `iss`, `signer` and `client`, wherever the provider puts them.
 *
 * @param metadata The payload, or the token's header where the provider puts them there (AWS).
 */
export function checkIssuer(
  metadata: Claims,
  { issuer, signer, client }: AssertionProvider,
): RefusedVerdict | undefined {
  const rules = [
    ['issuer', 'iss', issuer],
    ['signer', 'signer', signer],
    ['client', 'client', client],
  ] as const;
  for (const [word, name, expected] of rules) {
    if (expected && !isOneOf(member(metadata, name), expected)) {
      return refused('assertion-foreign', `its ${word} is not ${orList(expected)}`);
    }
  }
  return undefined;
}

/**
 * Refuses a token that is for another application. `aud` is a text, or a list of texts: one of them must be equal to one that is
 * expected. No part of a text is looked for.
 */
export function checkAudience(
  claims: Claims,
  { audience }: AssertionProvider,
): RefusedVerdict | undefined {
  if (!audience) return undefined;
  const aud = member(claims, 'aud');
  const found: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  const isFor =
    found.every((one) => typeof one === 'string') && found.some((one) => isOneOf(one, audience));
  return isFor
    ? undefined
    : refused('assertion-foreign', `its audience is not ${orList(audience)}`);
}
