import { reconcileSession } from '@trusted-header/login';
import type { FollowedRequest } from './follow-request.js';
import type { NextCookies } from './next-cookies.js';
import type { Undecided } from './request-decision.js';
import type { NextSessionLibrary, SessionData } from './session-library.js';
import type { SignInOptions } from './sign-in.js';
import { userUnavailable } from './user-unavailable.js';

/**
 * Opens the application's data in a session, for whom the proxy names and nobody else. What is still stored for somebody else, where it
 * could not be cleared, reads as empty, and cannot be saved.
 */
export async function openSession<User extends object, Role extends string, Data extends object>(
  options: Pick<SignInOptions<User, Role, Data>, 'session' | 'onMissing' | 'otherLogin'>,
  found: FollowedRequest<User> | Undecided,
): Promise<SessionData<Data>> {
  const { session } = options;
  if (!session?.open) throw new Error(NO_DATA);
  if (found.kind === 'undecided') return session.open(NO_COOKIES);
  const { refusal } = found.result;
  if (refusal?.kind === 'unavailable') throw userUnavailable();
  const isTheirs = !refusal && (await belongs(session, options, found));
  return session.open(isTheirs ? found.cookies : NO_COOKIES);
}

/** Compares once more: in a server component, what is stored is what it was before. */
async function belongs<User extends object, Role extends string, Data extends object>(
  session: NextSessionLibrary<Data>,
  { onMissing, otherLogin }: Pick<SignInOptions<User, Role, Data>, 'onMissing' | 'otherLogin'>,
  { cookies, decided }: FollowedRequest<User>,
): Promise<boolean> {
  const bound = await session.read(cookies);
  // That the path is open says nothing about whose data they are.
  const { kind } = reconcileSession(bound, decided.decision, {
    onMissing,
    otherLogin: (await otherLogin?.(cookies)) ?? false,
    hold: await session.readHold?.(cookies),
  });
  return kind === 'keep' || kind === 'none';
}

const NO_COOKIES: NextCookies = {
  get: () => undefined,
  set() {
    throw new Error(
      'this session cannot be saved: nobody is signed in whose it could be, or a server component has asked for it',
    );
  },
};

const NO_DATA =
  'getSession() needs a session library with data: signIn({ session: ironSession({ … }) })';
