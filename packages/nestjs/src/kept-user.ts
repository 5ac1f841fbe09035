import { createSlot, type Slot, sharedState } from '@trusted-header/core';

interface Kept {
  readonly user: object | undefined;
}

const users = sharedState<Slot<Kept>>('users of nestjs', createSlot);

/**
 * Keeps whom a request was signed in as, for `@CurrentUser()`, and shows it where handlers look.
 *
 * @param isOthers What stands there is another login's, and stays.
 */
export function keepUser(
  request: object,
  holder: object,
  user: object | undefined,
  isOthers = false,
): void {
  users.set(holder, { user });
  if (!isOthers) Object.assign(request, { user });
}

/** Gives what was kept; undefined where nobody has tried to sign anybody in. */
export const keptUser = users.get;
