import type { ConformanceCase, Exchange } from '../case.js';
import type { EventSighting } from '../observe/record-events.js';
import { claimValues } from './claim-values.js';
import { mismatch } from './mismatch.js';

/**
 * Checks what a case made the adapter tell its observer (O1): events with the framework's request, whose identity headers are gone by
 * then, and nothing of a claim that is not believed.
 */
export function checkEvents(
  { conversations, witnesses }: ConformanceCase,
  events: readonly EventSighting[],
): void {
  const exchanges = conversations.flatMap((each) => each.exchanges);
  const secrets = exchanges.flatMap(({ send }) => claimValues(send));
  if (events.length > 0 && exchanges.every(({ expect }) => expect.kind === 'probed'))
    throw mismatch('what observers hear of the probe', 'nothing', events);
  const isAtTheDoor = witnesses !== undefined || exchanges.some(isUpgrade);
  for (const { told, hasRequest, leak } of events) {
    if (leak) throw mismatch('what an observer reads on the request', 'no identity header', leak);
    if (!Number.isInteger(told.time)) throw mismatch('the time of an event', 'a number', told.time);
    // Where there is none yet, or where one from elsewhere is stopped, the framework may have no request of its own.
    if (!hasRequest && !isAtTheDoor && told.reason !== 'cross-origin') {
      throw mismatch('an event', "the framework's request", told);
    }
    if (told.decision.kind === 'authenticated') continue;
    // The route is the application's own.
    const { route, ...rest } = told;
    const text = JSON.stringify(rest);
    const leaked = secrets.find((secret) => text.includes(secret));
    if (leaked !== undefined) throw mismatch('an event', `nothing about ${leaked}`, told);
  }
}

function isUpgrade({ send: { method, lines = [] } }: Exchange): boolean {
  return method === 'CONNECT' || lines.some((line) => /^upgrade:/i.test(line));
}
