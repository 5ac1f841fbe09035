import { type RegisteredUser, signInAgainTo, signOutOf } from '@trusted-header/login';
import { holderOf } from './decision-of.js';
import { keepUser } from './kept-user.js';

/**
 * Signs the user of a request out of the application: ends its session, and holds, so that the next request does not sign in again.
 * Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
 *
 * @param request That of Express or Fastify, as `@Req()` gives it.
 * @throws What the session library throws; an error where no `SignInGuard` has seen the request.
 *
 * @example
 * ```ts
 * import { Controller, Post, Redirect, Req } from '@nestjs/common';
 * import { signOut } from '@trusted-header/nestjs';
 *
 * @Controller()
 * export class SignOutController {
 *   @Post('sign-out')
 *   @Redirect('/goodbye', 303)
 *   signOut(@Req() request: object) {
 *     return signOut(request);
 *   }
 * }
 * ```
 */
export async function signOut(request: object): Promise<void> {
  const holder = holderOf(request) ?? request;
  await signOutOf(holder);
  keepUser(request, holder, undefined);
}

/** Signs in again after a sign-out: for the page to which a button "Sign in" leads. Gives the user, and puts it on the request. */
export async function signInAgain(request: object): Promise<RegisteredUser | undefined> {
  const holder = holderOf(request) ?? request;
  const { user } = await signInAgainTo(holder);
  keepUser(request, holder, user);
  return user;
}
