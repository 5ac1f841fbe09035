import type { Decision, Identity } from '@trusted-header/core';
import type { RegisteredUser } from '@trusted-header/login';

/** What {@link trustedHeader} and {@link signIn} put on `ctx.state` of every request that they let through. */
export interface TrustedHeaderState {
  /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
  identity: Identity | undefined;
  /** How that was decided. */
  decision: Decision;
  /** Whom that is in this application; undefined where nobody is signed in, and without `signIn`. */
  user?: RegisteredUser | undefined;
}

declare module 'koa' {
  interface DefaultState extends TrustedHeaderState {}
}
