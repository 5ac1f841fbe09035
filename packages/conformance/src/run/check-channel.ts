import type { ConformanceCase } from '../case.js';
import type { EventSighting } from '../observe/record-events.js';
import { checkEvents } from './check-events.js';
import { expectEqual } from './mismatch.js';

/** Checks what a subscriber of the diagnostics channel was told: every decision once, as observers are. */
export function checkChannel(
  conformanceCase: ConformanceCase,
  events: readonly EventSighting[],
): void {
  const { channel = [] } = conformanceCase;
  expectEqual('what the diagnostics channel tells', events.map(wordsOf), channel);
  checkEvents(conformanceCase, events);
}

function wordsOf({ told: { decision, denied } }: EventSighting): string {
  const { kind } = decision;
  const what = kind === 'refused' ? ` ${decision.reason}` : '';
  const who = kind === 'authenticated' ? ` ${decision.identity.user}` : '';
  return `${kind}${what}${who}${denied ? `, denied ${denied.reason}` : ''}`;
}
