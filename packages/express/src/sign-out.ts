import { signInAgainTo, signOutOf } from '@trusted-header/login';
import type { Request } from 'express';

/**
 * Signs the user of a request out of the application: ends its session, and holds, so that the next request does not sign in again.
 * Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
 *
 * @throws What the session library throws; an error where no `signIn` has seen the request.
 *
 * @example
 * ```ts
 * import { signOut } from '@trusted-header/express';
 * import express from 'express';
 *
 * const app = express();
 * app.post('/sign-out', async (req, res) => {
 *   await signOut(req);
 *   res.redirect(303, '/goodbye');
 * });
 * ```
 */
export async function signOut(req: Request): Promise<void> {
  await signOutOf(req);
  req.user = undefined;
}

/** Signs in again after a sign-out: for the page to which a button "Sign in" leads. Gives the user, and puts it on the request. */
export async function signInAgain(req: Request): Promise<Request['user']> {
  const { user } = await signInAgainTo(req);
  req.user = user;
  return user;
}
