import type { IncomingMessage } from 'node:http';
import { type Decision, keptDecision } from '@trusted-header/core';
import type { Witness } from '../case.js';
import { type HeaderEntry, headerEntries } from '../observe/header-entries.js';

/** What a witness saw of one request. */
export interface DoorSighting {
  readonly by: Witness;
  /** What a guard would find. */
  readonly decision: Decision | undefined;
  /** Reads the headers now: by what it has held since then, and by what the request shows by now. */
  readonly look: () => Ways;
  /** What they showed then. */
  readonly first: Ways;
}

/** Header lines, by the way to read them. */
export type Ways = Readonly<Record<string, readonly HeaderEntry[]>>;

/** Keeps what the witnesses of one server see. */
export interface SightingRecorder {
  readonly sightings: readonly DoorSighting[];
  see(by: Witness, req: IncomingMessage): void;
}

/** Makes a recorder. */
export function createRecorder(): SightingRecorder {
  const sightings: DoorSighting[] = [];
  return {
    sightings,
    see(by, req) {
      const held = readableOf(req, 'held ');
      const look = (): Ways => entriesOf({ ...held, ...readableOf(req, '') });
      sightings.push({ by, decision: keptDecision(req), look, first: entriesOf(held) });
    },
  };
}

/** Every way that Node has to read the headers of a request. */
function readableOf(req: IncomingMessage, prefix: string): Record<string, unknown> {
  return {
    [`${prefix}headers`]: req.headers,
    [`${prefix}headersDistinct`]: req.headersDistinct,
    [`${prefix}rawHeaders`]: req.rawHeaders,
    [`${prefix}trailers`]: req.trailers,
    [`${prefix}trailersDistinct`]: req.trailersDistinct,
    [`${prefix}rawTrailers`]: req.rawTrailers,
  };
}

function entriesOf(ways: Readonly<Record<string, unknown>>): Ways {
  return Object.fromEntries(
    Object.entries(ways).map(([way, readable]) => [way, headerEntries(readable)]),
  );
}
