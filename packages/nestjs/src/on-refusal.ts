import { createSlot, type Slot, sharedState } from '@trusted-header/core';
import type { OnServerRefusal } from '@trusted-header/node';

/** How the application answers what is refused of a request, in front of it and by its guards: kept by Node's request. */
export const answers = sharedState<Slot<OnServerRefusal>>('answers of nestjs', createSlot);
