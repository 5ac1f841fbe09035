import { sharedState } from '../config/shared-state.js';
import type { DecisionEvent } from './decision-event.js';
import { quietly } from './quietly.js';

/** Who subscribes to the decisions of a process: called with the event, and with the name of the channel. */
export type ChannelSubscriber = (event: DecisionEvent, name: string) => unknown;

/**
 * What a runtime has for telling a whole process: Node's `diagnostics_channel`. Core knows none, and is given one by
 * `@trusted-header/node`.
 */
export interface DecisionChannel {
  /** As subscribers know it. */
  readonly name: string;
  /** Gives who subscribes now; undefined for nobody. Asked for every decision. */
  subscribers(): readonly ChannelSubscriber[] | undefined;
}

const kept = sharedState<{ channel?: DecisionChannel }>('decision channel', () => ({}));

/**
 * Has every decision of this process told on a channel, whatever authenticator makes it. The first channel stays: copies of a
 * package (A8) must not tell twice.
 */
export function tellOnChannel(channel: DecisionChannel): void {
  kept.channel ??= channel;
}

/** Tells whether somebody subscribes. */
export function isChannelHeard(): boolean {
  return kept.channel?.subscribers() !== undefined;
}

/**
 * Tells all who subscribe. Not by the runtime's own means: what a subscriber throws in Node's `publish` ends the process.
 */
export function tellChannel(event: DecisionEvent): void {
  const { channel } = kept;
  if (!channel) return;
  for (const subscriber of channel.subscribers() ?? []) {
    quietly(() => subscriber(event, channel.name));
  }
}
