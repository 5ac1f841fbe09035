import type { BetterAuthOptions } from '@better-auth/core';
import { fieldsOf, storedBinding } from './binding-field.js';
import { liveSession, tokenOf } from './live-session.js';

type SessionHooks = NonNullable<NonNullable<BetterAuthOptions['databaseHooks']>['session']>;

/** A session of ours that the request has, or had a moment ago. */
interface Ancestor {
  readonly userId: string;
  readonly bound: unknown;
}

/**
 * Makes the hooks by which a session that better-auth makes of one of ours follows the proxy as well: after a change of the password,
 * with a second factor, while an admin impersonates somebody. Without them it would be another login's, and alice would stay signed in
 * when the proxy names bob. Who signs in with a password of somebody else's makes a session of that login.
 */
export function createSuccession(): SessionHooks {
  // better-auth revokes some sessions before it makes the new one.
  const revoked = new WeakMap<object, Ancestor>();
  return {
    delete: {
      async before(session, ctx) {
        const bound = storedBinding(session);
        if (!ctx || bound === undefined || session.token !== (await tokenOf(ctx))) return;
        revoked.set(ctx, { userId: session.userId, bound });
      },
    },
    create: {
      async before(session, ctx) {
        if (!ctx || storedBinding(session) !== undefined) return undefined;
        const ancestor = revoked.get(ctx) ?? (await liveSession(ctx));
        if (ancestor?.bound === undefined || !isSuccessor(session, ancestor)) return undefined;
        return { data: fieldsOf(ancestor.bound) };
      },
    },
  };
}

function isSuccessor(session: { readonly userId: string }, { userId }: Ancestor): boolean {
  return session.userId === userId || Reflect.get(session, 'impersonatedBy') === userId;
}
