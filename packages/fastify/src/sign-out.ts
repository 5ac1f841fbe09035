import { type RegisteredUser, signInAgainTo, signOutOf } from '@trusted-header/login';
import type { FastifyRequest } from 'fastify';

/**
 * Signs the user of a request out of the application: ends its session, and holds, so that the next request does not sign in again.
 * Then send people to `signOutUrl(…)` of `@trusted-header/login`: the proxy's own session lives on.
 *
 * @throws What the session library throws; an error where no `signIn` has seen the request.
 *
 * @example
 * ```ts
 * import { signOut } from '@trusted-header/fastify';
 * import Fastify from 'fastify';
 *
 * const app = Fastify();
 * app.post('/sign-out', async (request, reply) => {
 *   await signOut(request);
 *   return reply.redirect('/goodbye', 303);
 * });
 * ```
 */
export async function signOut(request: FastifyRequest): Promise<void> {
  await signOutOf(request.raw);
  request.user = undefined;
}

/** Signs in again after a sign-out: for the page to which a button "Sign in" leads. Gives the user, and puts it on the request. */
export async function signInAgain(request: FastifyRequest): Promise<RegisteredUser | undefined> {
  const { user } = await signInAgainTo(request.raw);
  request.user = user;
  return user;
}
