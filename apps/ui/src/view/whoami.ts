import type { View } from './view-of.js';

/** What programs get: who is asking, how that was decided, and whom that is in this app. */
export function whoami({ decision, identity, account }: View): object {
  return {
    decision,
    identity,
    account: account && { id: account.id, createdAt: account.createdAt, roles: account.roles },
  };
}
