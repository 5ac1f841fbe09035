import type { Decision, Identity } from '@trusted-header/core';

declare module 'fastify' {
  /** What `trustedHeader` puts on every request that it lets through. */
  interface FastifyRequest {
    /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
    identity: Identity | undefined;
    /** How that was decided. */
    decision: Decision;
  }
}
