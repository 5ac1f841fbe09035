import type { ConformanceCase } from '../case.js';
import { accepted } from './accepted.js';
import { anonymousRequests } from './anonymous.js';
import { bodies } from './bodies.js';
import type { ConformanceGroup } from './build.js';
import { certificates } from './certificates.js';
import { channel } from './channel.js';
import { connections } from './connections.js';
import { door } from './door.js';
import { lineCounts } from './line-counts.js';
import { listeners } from './listeners.js';
import { lists } from './lists.js';
import { logs } from './logs.js';
import { names } from './names.js';
import { off } from './off.js';
import { onRefusal } from './on-refusal.js';
import { open } from './open.js';
import { origins } from './origins.js';
import { policy } from './policy.js';
import { portal } from './portal.js';
import { probe } from './probe.js';
import { problems } from './problems.js';
import { proofs } from './proofs.js';
import { proofsOfSockets } from './proofs-of-sockets.js';
import { repeated } from './repeated.js';
import { secrets } from './secrets.js';
import { strangers } from './strangers.js';
import { upgrades } from './upgrades.js';
import { values } from './values.js';

/** All cases, in the order in which they run. */
export const conformanceGroups: readonly ConformanceGroup[] = [
  accepted,
  anonymousRequests,
  open,
  off,
  strangers,
  listeners,
  lists,
  repeated,
  names,
  values,
  lineCounts,
  secrets,
  certificates,
  policy,
  bodies,
  connections,
  upgrades,
  origins,
  door,
  proofs,
  proofsOfSockets,
  problems,
  onRefusal,
  portal,
  logs,
  probe,
  channel,
];

/** All cases, in one list. */
export const conformanceCases: readonly ConformanceCase[] = conformanceGroups.flatMap(
  ({ cases }) => cases,
);
