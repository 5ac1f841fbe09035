import type { Decision, Identity } from '@trusted-header/core';
import type { RegisteredUser } from '@trusted-header/login';

declare global {
  namespace Express {
    /** What `find` gives. The name is that of Passport's types, with which it agrees. */
    interface User extends RegisteredUser {}

    /** What `trustedHeader` and `signIn` put on every request that they let through. */
    interface Request {
      /** Who is asking; undefined where `anonymous: 'allow'` let nobody in. */
      identity?: Identity | undefined;
      /** How that was decided. */
      decision?: Decision;
      /** Whom that is in this application; undefined where nobody is signed in, and without `signIn`. */
      user?: User | undefined;
    }
  }
}
