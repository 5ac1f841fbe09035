import type { Decision, Identity } from '@trusted-header/core';

/** What {@link trustedHeader} puts on the context of every request that it lets through. */
export interface TrustedHeaderVariables {
  /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
  readonly identity: Identity | undefined;
  /** How that was decided. */
  readonly decision: Decision;
}

declare module 'hono' {
  interface ContextVariableMap extends TrustedHeaderVariables {}
}
