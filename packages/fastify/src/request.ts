import type { Decision, Identity } from '@trusted-header/core';
import type { RegisteredUser } from '@trusted-header/login';

declare module 'fastify' {
  /** What `trustedHeader` and `signIn` put on every request that they let through. */
  interface FastifyRequest {
    /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
    identity: Identity | undefined;
    /** How that was decided. */
    decision: Decision;
    /** Whom that is in this application; undefined where nobody is signed in, and without `signIn`. */
    user?: RegisteredUser | undefined;
  }
}
