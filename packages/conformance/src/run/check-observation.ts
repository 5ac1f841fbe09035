import type { Handled, Upgraded, WireRequest } from '../case.js';
import { isIdentityName } from '../identity-names.js';
import type { Observation } from '../observe/create-observer.js';
import { claimValues } from './claim-values.js';
import { expectEqual, mismatch } from './mismatch.js';

/** On every request, and nobody's secret: a way to read headers that does not show it does not work. */
const HARMLESS = 'x-forwarded-for';

const LIKE_ANY: Pick<Handled, 'body' | 'shows'> = {};

/** Checks what the handler saw: the decision, and of raw identity headers nothing (H10). */
export function checkObservation(
  { decision, identity, isSteady, seen, body }: Observation,
  expected: Handled | Upgraded,
  request: WireRequest,
): void {
  expectEqual('the decision that the handler reads', decision, expected.decision);
  expectEqual('the identity that the handler reads', identity, identityOf(expected));
  expectEqual('the handler reads the same decision before and after a wait', isSteady, true);
  const { body: expectedBody, shows = [] } = { ...LIKE_ANY, ...expected };
  if (expectedBody !== undefined)
    expectEqual('the body that the handler reads', body, expectedBody);
  checkReadable(seen, shows, claimValues(request));
}

function checkReadable(
  seen: Observation['seen'],
  shows: readonly string[],
  secrets: readonly string[],
): void {
  if (Object.keys(seen).length === 0) throw new Error('the target gives no way to read headers');
  for (const [way, entries] of Object.entries(seen)) {
    const leak = entries.find(
      ([name, value]) => isIdentityName(name) || secrets.some((secret) => value.includes(secret)),
    );
    if (leak) throw mismatch(`what the handler reads through ${way}`, 'no identity header', leak);
    const names = entries.map(([name]) => name.toLowerCase());
    if (!isTrailerWay(way) && !names.includes(HARMLESS)) {
      throw mismatch(
        `what the handler reads through ${way}`,
        `a way that shows ${HARMLESS}`,
        names,
      );
    }
  }
  for (const name of shows) {
    const ways = Object.entries(seen).filter(([, entries]) =>
      entries.some((entry) => entry[0].toLowerCase() === name),
    );
    if (ways.length === 0)
      throw mismatch('harmless headers', `${name} left readable`, 'it is gone');
  }
}

function identityOf({ decision }: Handled | Upgraded): unknown {
  return decision.kind === 'authenticated' ? decision.identity : null;
}

function isTrailerWay(way: string): boolean {
  return /trailer/i.test(way);
}
