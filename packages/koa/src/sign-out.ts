import { type RegisteredUser, signInAgainTo, signOutOf } from '@trusted-header/login';
import type { Context } from 'koa';

/**
 * Signs the user of a request out of the application: ends its session, and holds, so that the next request does not sign in again.
 * Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
 *
 * @throws What the session library throws; an error where no `signIn` has seen the request.
 *
 * @example
 * ```ts
 * import { signOut } from '@trusted-header/koa';
 * import Koa from 'koa';
 *
 * const app = new Koa();
 * app.use(async (ctx, next) => {
 *   if (ctx.method !== 'POST' || ctx.path !== '/sign-out') return next();
 *   await signOut(ctx);
 *   ctx.redirect('/goodbye');
 * });
 * ```
 */
export async function signOut(ctx: Context): Promise<void> {
  await signOutOf(ctx.req);
  ctx.state.user = undefined;
}

/** Signs in again after a sign-out: for the page to which a button "Sign in" leads. Gives the user, and puts it on the context. */
export async function signInAgain(ctx: Context): Promise<RegisteredUser | undefined> {
  const { user } = await signInAgainTo(ctx.req);
  ctx.state.user = user;
  return user;
}
