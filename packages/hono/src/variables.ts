import type { Decision, Identity } from '@trusted-header/core';
import type { RegisteredUser } from '@trusted-header/login';

/** What {@link trustedHeader} and {@link signIn} put on the context of every request that they let through. */
export interface TrustedHeaderVariables {
  /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
  readonly identity: Identity | undefined;
  /** How that was decided. */
  readonly decision: Decision;
  /** Whom that is in this application; undefined where nobody is signed in, and without `signIn`. */
  readonly user: RegisteredUser | undefined;
}

declare module 'hono' {
  interface ContextVariableMap extends TrustedHeaderVariables {}
}
