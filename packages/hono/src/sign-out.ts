import { type RegisteredUser, signInAgainTo, signOutOf } from '@trusted-header/login';
import type { Context } from 'hono';

/**
 * Signs the user of a request out of the application: ends the session, and holds, so that the next request does not sign in again.
 * Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
 *
 * @throws What the session library throws; an error where no `signIn` has seen the request.
 *
 * @example
 * ```ts
 * import { signOut } from '@trusted-header/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono();
 * app.post('/sign-out', async (c) => {
 *   await signOut(c);
 *   return c.redirect('/goodbye', 303);
 * });
 * ```
 */
export async function signOut(c: Context): Promise<void> {
  await signOutOf(c);
  c.set('user', undefined);
}

/** Signs in again after a sign-out: for the page to which a button "Sign in" leads. Gives the user, and puts it on the context. */
export async function signInAgain(c: Context): Promise<RegisteredUser | undefined> {
  const { user } = await signInAgainTo(c);
  c.set('user', user);
  return user;
}
