import type { ProbeOutcome, ProbeResult } from './settings.js';

/** Shorter values than this are in every text by chance. */
const SHORTEST = 6;

/** What stands where a secret was. */
const HIDDEN = '(hidden)';

/** Makes a function that takes the token and the cookie out of a text. */
export function hideSecrets(
  token: string | undefined,
  cookie: string | undefined,
): (text: string) => string {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
  const values = pairs.map((pair) => pair.slice(pair.indexOf('=') + 1).replace(/^"(.*)"$/, '$1'));
  const secrets = [token ?? '', cookie ?? '', ...pairs, ...values]
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= SHORTEST)
    // The longest first: what holds another one must not be cut in the middle.
    .sort((one, other) => other.length - one.length);
  const parts = [...new Set(secrets)].map((secret) =>
    secret.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'),
  );
  if (parts.length === 0) return (text) => text;
  const pattern = new RegExp(parts.join('|'), 'gi');
  return (text) => text.replace(pattern, HIDDEN);
}

/**
 * Takes the token and the cookie out of what a server has said again.
 *
 * Only out of what is told: a cookie's value may be a word of the report itself (`release=canary`), which has to be read as it came.
 */
export function withoutSecrets(result: ProbeResult, hide: (text: string) => string): ProbeResult {
  const { adapter, reads, places, outcomes } = result;
  return {
    ...result,
    adapter: adapter === undefined ? undefined : hide(adapter),
    reads: reads.map(hide),
    places: places.map((place) => ({ ...place, says: hide(place.says) })),
    outcomes: outcomes.map((outcome) => outcomeWithout(outcome, hide)),
  };
}

function outcomeWithout(outcome: ProbeOutcome, hide: (text: string) => string): ProbeOutcome {
  const { says, headers, decision } = outcome;
  return {
    ...outcome,
    says: hide(says),
    headers: headers.map(hide),
    ...(decision && {
      decision: {
        kind: hide(decision.kind),
        ...(decision.reason !== undefined && { reason: hide(decision.reason) }),
      },
    }),
  };
}
