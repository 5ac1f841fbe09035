import type { Decision, Identity } from '@trusted-header/core';

/** What {@link trustedHeader} puts on `ctx.state` of every request that it lets through. */
export interface TrustedHeaderState {
  /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
  identity: Identity | undefined;
  /** How that was decided. */
  decision: Decision;
}

declare module 'koa' {
  interface DefaultState extends TrustedHeaderState {}
}
