import type { Attack } from './case.js';
import { DIRECT_ATTACKS } from './direct.js';
import { FORGED_ATTACKS } from './forged.js';
import { ROUTING_ATTACKS } from './routing.js';
import { SMUGGLING_ATTACKS } from './smuggling.js';
import { SYNTAX_ATTACKS } from './syntax.js';

export { FLOWS } from './flows.js';

/** Everything that must not work, with the heading that it stands below. */
export const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  'A client names a user itself': FORGED_ATTACKS,
  'A claim in a form that two may read differently': SYNTAX_ATTACKS,
  'A request inside of another': SMUGGLING_ATTACKS,
  'A request that is judged as another': ROUTING_ATTACKS,
  'Past the proxy, from the network that it shares with the application': DIRECT_ATTACKS,
};
