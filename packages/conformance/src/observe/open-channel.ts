import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DecisionEvent } from '@trusted-header/core';
import { createEventRecorder, type EventSighting } from './record-events.js';

/** Somebody who subscribes to the channel of decisions, and fails. */
export interface ChannelRecorder {
  readonly events: readonly EventSighting[];
  close(): void;
}

/** Subscribes twice: the second is told as well, though the first has failed. */
export function openChannel(): ChannelRecorder {
  const recorder = createEventRecorder();
  const failing = () => {
    throw new Error('a subscriber of the conformance suite fails, as it should');
  };
  const recording = (event: unknown) => (isEvent(event) ? recorder.onDecision(event) : undefined);
  subscribe(CHANNEL, failing);
  subscribe(CHANNEL, recording);
  return {
    events: recorder.events,
    close() {
      unsubscribe(CHANNEL, failing);
      unsubscribe(CHANNEL, recording);
    },
  };
}

const CHANNEL = 'trusted-header.decision';

function isEvent(message: unknown): message is DecisionEvent {
  return typeof message === 'object' && message !== null && 'decision' in message;
}
