import { setTimeout } from 'node:timers/promises';
import type { AccessRules, DevUser } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { judgeAccess } from './judge-access.js';
import { readCredentials, WRONG_CREDENTIALS_MS } from './read-credentials.js';

/** Who can be let in, and to what. */
export interface Authority {
  readonly users: readonly DevUser[];
  readonly rules: AccessRules;
  readonly sessions: Sessions;
}

/** What a visitor shows, and where they want to go. */
export interface Visit {
  /** Cleaned: what the rules match. */
  readonly path: string | undefined;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** `Session-Username`: whoever the proxy thinks it is. */
  readonly sessionUsername: string | undefined;
}

/** What comes of a visit. `wrong-credentials` is told with a challenge, and never with a `Location`. */
export type Verdict =
  | { readonly kind: 'let-in'; readonly user: DevUser | undefined }
  | { readonly kind: 'forbidden'; readonly user: DevUser | undefined }
  | { readonly kind: 'sign-in' }
  | { readonly kind: 'wrong-credentials' };

/**
 * Judges a visit as Authelia does: Basic credentials first, then the session cookie, then the rules.
 *
 * Wrong credentials are nobody's, even with a session, and let nobody in but where nobody is needed.
 */
export async function judgeVisitor(
  { users, rules, sessions }: Authority,
  visit: Visit,
): Promise<Verdict> {
  const credentials = readCredentials(visit.authorization, users);
  if (credentials === 'wrong') {
    await setTimeout(WRONG_CREDENTIALS_MS);
    const isOpen = judgeAccess(visit.path, undefined, rules) === 'bypass';
    return isOpen ? { kind: 'let-in', user: undefined } : { kind: 'wrong-credentials' };
  }
  const user = credentials === 'none' ? await userOf(sessions, visit) : credentials.user;
  switch (judgeAccess(visit.path, user, rules)) {
    case 'allowed':
    case 'bypass':
      return { kind: 'let-in', user };
    case 'forbidden':
      return { kind: 'forbidden', user };
    case 'sign-in':
      return { kind: 'sign-in' };
  }
}

async function userOf(
  sessions: Sessions,
  { cookie, sessionUsername }: Visit,
): Promise<DevUser | undefined> {
  const user = await sessions.read(cookie);
  const isAnother =
    sessionUsername !== undefined && sessionUsername.toLowerCase() !== user?.user.toLowerCase();
  return isAnother ? undefined : user;
}
