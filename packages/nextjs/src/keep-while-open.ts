import { whenOver } from '@trusted-header/node';
import type { Arrival } from './arrival.js';

/** Far more requests than a process of Next can answer at once. */
const MOST_KEPT = 100_000;

/**
 * Puts an entry into a map, and takes it out when its response or its connection is over, whichever comes first (A7).
 *
 * The map never gets larger than its bound: then the oldest entries go, and what they were about is undecided.
 */
export function keepWhileOpen<Key, Value>(
  map: Map<Key, Value>,
  [key, value]: readonly [Key, Value],
  { socket, response }: Pick<Arrival, 'socket' | 'response'>,
): void {
  // It will not close again.
  if (socket.closed) return;
  if (map.size >= MOST_KEPT) dropOldest(map);
  map.set(key, value);
  // Next adds ten listeners of its own for a page, and Node warns of the eleventh.
  response?.setMaxListeners(response.getMaxListeners() + 1);
  whenOver(socket, response, () => map.delete(key));
}

function dropOldest<Key>(map: Map<Key, unknown>): void {
  const { done, value } = map.keys().next();
  if (!done) map.delete(value);
  if (hasTold) return;
  hasTold = true;
  console.error(
    `trusted-header: more than ${MOST_KEPT} requests at once: the oldest are not known any more, and their users nobody`,
  );
}

/** Once, so that nobody fills the log. */
let hasTold = false;
