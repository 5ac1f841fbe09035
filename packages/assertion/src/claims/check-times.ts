import { member } from '../compact/read-json-object.js';
import type { AssertionProvider, Claims } from '../providers/provider.js';
import { type RefusedVerdict, refused } from '../refused.js';

/** When a token ceases to be good, in seconds since 1970, the skew included. */
export interface Validity {
  readonly kind: 'valid';
  readonly until: number;
}

/**
 * Judges `exp`, `nbf` and `iat`.
 *
 * Refuses a token that is expired, not yet valid, issued in the future, or good for longer than the provider's tokens are; and times that
 * are no numbers.
 *
 * @param required Whether `exp` must be there. It is required in one place, and judged in every place that has it.
 * @param now Seconds since 1970.
 */
export function checkTimes(
  claims: Claims,
  { skewSeconds, maxLifetimeSeconds }: AssertionProvider,
  now: number,
  required: boolean,
): RefusedVerdict | Validity {
  const times = ['exp', 'nbf', 'iat'].map((name) => member(claims, name));
  for (const [i, value] of times.entries()) {
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) continue;
    return refused('assertion-expired', `its ${['exp', 'nbf', 'iat'][i]} is no number`);
  }
  const [exp, nbf, iat] = times.map((value) => (typeof value === 'number' ? value : undefined));

  if (nbf !== undefined && nbf > now + skewSeconds) {
    return refused('assertion-expired', `it is not valid for another ${seconds(nbf - now)}`);
  }
  if (iat !== undefined && iat > now + skewSeconds) {
    return refused('assertion-expired', `it was issued ${seconds(iat - now)} in the future`);
  }
  if (exp === undefined) {
    if (required) return refused('assertion-expired', 'it has no exp');
    return { kind: 'valid', until: Number.POSITIVE_INFINITY };
  }
  if (exp <= now - skewSeconds) {
    return refused('assertion-expired', `it expired ${seconds(now - exp)} ago`);
  }
  const lifetime = exp - (iat ?? nbf ?? now);
  if (lifetime > maxLifetimeSeconds + 2 * skewSeconds) {
    return refused(
      'assertion-expired',
      `it is good for ${seconds(lifetime)} > maxLifetimeSeconds ${maxLifetimeSeconds}`,
    );
  }
  return { kind: 'valid', until: exp + skewSeconds };
}

function seconds(value: number): string {
  return `${Math.ceil(value)} s`;
}
