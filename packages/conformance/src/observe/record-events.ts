import type { DecisionEvent } from '@trusted-header/core';
import { isIdentityName } from '../identity-names.js';
import { headerEntries } from './header-entries.js';

/** What an observer was told, looked at in the moment when it was. */
export interface EventSighting {
  /** All of the event but the request. */
  readonly told: Omit<DecisionEvent, 'request'>;
  readonly hasRequest: boolean;
  /** An identity header that could be read on the request, or that it could not be read. */
  readonly leak: readonly [name: string, value: string] | undefined;
}

/** Observers of an adapter. */
export interface EventRecorder {
  readonly onDecision: (event: DecisionEvent) => void;
  readonly log: (line: string) => void;
  readonly events: readonly EventSighting[];
  readonly lines: readonly string[];
}

/** Makes observers that write down what they are told, and then fail: by a throw or by a rejection, in turn (D5). */
export function createEventRecorder(): EventRecorder {
  const events: EventSighting[] = [];
  const lines: string[] = [];
  let calls = 0;

  return {
    events,
    lines,
    onDecision(event) {
      const { request, ...told } = event;
      events.push({ told, hasRequest: request !== undefined, leak: sight(request) });
      return fail();
    },
    log(line) {
      lines.push(line);
      return fail();
    },
  };

  function fail(): Promise<never> {
    const error = new Error('an observer of the conformance suite fails, as it should');
    if (calls++ % 2 === 0) throw error;
    return Promise.reject(error);
  }
}

/** What throws is seen by whoever reads first, and by nobody after that: it must not be lost among what observers throw. */
function sight(request: unknown): EventSighting['leak'] {
  try {
    return leakIn(request);
  } catch (error) {
    return ['the headers cannot be read', String(error)];
  }
}

/** Looks where frameworks keep headers: on their request, on Node's behind it, on the Fetch one. */
function leakIn(request: unknown): EventSighting['leak'] {
  const req = partOf(request, 'req');
  return [request, req, partOf(request, 'raw'), partOf(req, 'raw'), partOf(request, 'request')]
    .flatMap((holder) => WAYS.map((way) => partOf(holder, way)))
    .flatMap(headerEntries)
    .find(([name]) => isIdentityName(name));
}

const WAYS = ['headers', 'headersDistinct', 'rawHeaders'];

function partOf(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
}
