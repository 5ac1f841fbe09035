import { type AnonymousMode, createSlot, type Slot, sharedState } from '@trusted-header/core';
import { holderOf } from './decision-of.js';

/** What `anonymous` and `open` make of a request of nobody: kept by what stands in front, which sees it as it came. */
const modes = sharedState<Slot<AnonymousMode>>('modes of nestjs', createSlot);

/** Keeps it for the guards. */
export const keepMode = modes.set;

/** Tells whether nobody may pass. What has no request of its own, as a message of a gateway, refuses. */
export function keptMode(subject: unknown): AnonymousMode {
  const holder = holderOf(subject);
  return (holder && modes.get(holder)) ?? 'refuse';
}
