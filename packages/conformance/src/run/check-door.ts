import type { Decision } from '@trusted-header/core';
import type { ConformanceCase, Witness } from '../case.js';
import type { DoorSighting, Ways } from '../door/record-sightings.js';
import { isIdentityName } from '../identity-names.js';
import { claimValues } from './claim-values.js';
import { expectEqual, mismatch } from './mismatch.js';

/** On every request, and nobody's secret: a way to read headers that does not show it does not work. */
const HARMLESS = 'x-forwarded-for';

/**
 * Checks what the witnesses of a case saw (A6): no claim, and nobody who is not to be let in; but the user, each of them.
 *
 * @param eventCount How many decisions the observer heard of.
 */
export function checkDoor(
  { witnesses, options, conversations }: ConformanceCase,
  sightings: readonly DoorSighting[],
  eventCount: number,
): void {
  if (!witnesses) return;
  const exchanges = conversations.flatMap((each) => each.exchanges);
  const requests = exchanges.map(({ send }) => send);
  const probed = exchanges.filter(({ expect }) => expect.kind === 'probed');
  const secrets = requests.flatMap(claimValues);
  for (const { by, first, look } of sightings) {
    checkWays(by, first, secrets);
    checkWays(by, look(), secrets);
  }
  // Cases with `optional` are about header login that is off, and knows nobody.
  const isOff = options?.optional === true;
  const isOpen = isOff || options?.anonymous === 'allow' || options?.open !== undefined;
  for (const sighting of sightings) checkAdmission(sighting, isOpen);
  for (const witness of witnesses)
    checkSeen(witness, sightings, isOff ? 'anonymous' : 'authenticated');
  // Who was believed, and then stopped for where the request came from, is heard of twice.
  const stopped = exchanges.filter(
    ({ expect }) => expect.kind === 'problem' && expect.code === 'cross-origin',
  );
  const heard = requests.length + stopped.length - probed.length;
  expectEqual('decisions that onDecision hears of, one a request', eventCount, heard);
}

function checkWays(by: Witness, ways: Ways, secrets: readonly string[]): void {
  for (const [way, entries] of Object.entries(ways)) {
    const leak = entries.find(
      ([name, value]) => isIdentityName(name) || secrets.some((secret) => value.includes(secret)),
    );
    if (leak) throw mismatch(`what ${by} reads through ${way}`, 'no identity header', leak);
    const isWorking = /trailer/i.test(way) || entries.some(([name]) => isHarmless(name));
    if (!isWorking) {
      throw mismatch(`what ${by} reads through ${way}`, `a way that shows ${HARMLESS}`, entries);
    }
  }
}

function isHarmless(name: string): boolean {
  return name.toLowerCase() === HARMLESS;
}

/** Whoever looks at dropped requests lets nobody in. */
function checkAdmission({ by, decision }: DoorSighting, isOpen: boolean): void {
  const isLetIn = decision?.kind === 'authenticated' || (isOpen && decision?.kind === 'anonymous');
  if (isLetIn || (by === 'dropRequest' && decision)) return;
  throw mismatch(`the decision about a request that ${by} is given`, 'authenticated', decision);
}

/** A witness who has seen nothing has shown nothing. */
function checkSeen(
  witness: Witness,
  sightings: readonly DoorSighting[],
  kind: Decision['kind'],
): void {
  const isSeen = sightings.some(({ by, decision }) => by === witness && decision?.kind === kind);
  if (!isSeen) throw mismatch(`what ${witness} sees`, `somebody ${kind}`, 'nothing like it');
}
