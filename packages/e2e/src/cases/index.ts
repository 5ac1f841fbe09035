import { BODY_FLOWS } from './bodies.js';
import type { Attack, Flow } from './case.js';
import { DIRECT_ATTACKS } from './direct.js';
import { FLOWS as ORDINARY_FLOWS } from './flows.js';
import { FORGED_ATTACKS } from './forged.js';
import { LARGE_FLOWS } from './large.js';
import { ROUTING_ATTACKS } from './routing.js';
import { SESSION_FLOWS } from './session.js';
import { SMUGGLING_ATTACKS } from './smuggling.js';
import { SYNTAX_ATTACKS } from './syntax.js';
import { UNAUTHORIZED_FLOWS } from './unauthorized.js';

/** Everything that must work. */
export const FLOWS: readonly Flow[] = [
  ...ORDINARY_FLOWS,
  ...BODY_FLOWS,
  ...LARGE_FLOWS,
  ...UNAUTHORIZED_FLOWS,
  ...SESSION_FLOWS,
];

/** Everything that must not work, with the heading that it stands below. */
export const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  'A client names a user itself': FORGED_ATTACKS,
  'A claim in a form that two may read differently': SYNTAX_ATTACKS,
  'A request inside of another': SMUGGLING_ATTACKS,
  'A request that is judged as another': ROUTING_ATTACKS,
  'Past the proxy, from the network that it shares with the application': DIRECT_ATTACKS,
};
