import { createSlot } from '@trusted-header/core';

const users = createSlot<{ readonly user: object | undefined }>();

/** Keeps whom a request was signed in as, for `@CurrentUser()`, and shows it where handlers look. */
export function keepUser(request: object, holder: object, user: object | undefined): void {
  users.set(holder, { user });
  Object.assign(request, { user });
}

/** Gives what was kept; undefined where nobody has tried to sign anybody in. */
export const keptUser = users.get;
