import type { LoginResult, SignedIn } from './create-login.js';
import { signedIn } from './create-login.js';

/**
 * Signs the user of a request out of the application: ends the session, and holds, so that the next request does not sign in again.
 * Then send people to the portal's {@link signOutUrl}, since the proxy's own session lives on.
 *
 * @throws what the session library throws; an error where no `signIn` has seen the request.
 */
export async function signOutOf(holder: object): Promise<void> {
  await known(holder, 'signOut').signOut();
}

/** Signs in again after a sign-out: ends the hold. For the page to which a button "Sign in" leads. */
export function signInAgainTo(holder: object): Promise<LoginResult<object>> {
  return known(holder, 'signInAgain').again();
}

function known(holder: object, name: string): SignedIn {
  const found = signedIn(holder);
  if (!found) throw new Error(`${name}() found no session: put signIn(…) before it`);
  return found;
}
