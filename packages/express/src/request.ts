import type { Decision, Identity } from '@trusted-header/core';

declare global {
  namespace Express {
    /** What `trustedHeader` puts on every request that it lets through. */
    interface Request {
      /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
      identity?: Identity | undefined;
      /** How that was decided. */
      decision?: Decision;
    }
  }
}
