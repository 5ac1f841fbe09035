import { type Channel, channel } from 'node:diagnostics_channel';
import { type ChannelSubscriber, tellOnChannel } from '@trusted-header/core';

/**
 * Has every decision of this process told on the diagnostics channel `trusted-header.decision`, from now on: to whoever subscribes,
 * whatever adapter decides. Costs next to nothing where nobody does. What a subscriber throws or rejects with is swallowed.
 */
export function publishDecisions(): void {
  const decisions = channel('trusted-header.decision');
  tellOnChannel({
    name: 'trusted-header.decision',
    subscribers: () => (decisions.hasSubscribers ? subscribersOf(decisions) : undefined),
  });
}

/**
 * Gives the functions that subscribe to a channel. Node's own `publish` turns what one of them throws into an uncaught exception, which
 * ends the process, and nothing wraps a function that has subscribed before us: so we call them ourselves. The property is the same in
 * Node 20 to 26, Bun and Deno; where it is not, nobody is told.
 */
function subscribersOf(decisions: Channel): readonly ChannelSubscriber[] | undefined {
  const subscribers: unknown = Reflect.get(decisions, '_subscribers');
  return Array.isArray(subscribers) ? subscribers : undefined;
}
