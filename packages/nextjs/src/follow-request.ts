import { shareState, stateOf } from '@trusted-header/core';
import type { Login, LoginResult } from '@trusted-header/login';
import { findDecided } from './find-decision.js';
import { type NextCookies, type PlacedCookies, placeCookies } from './next-cookies.js';
import type { DecidedRequest } from './registry.js';
import { cookiesOf, type RequestWithCookies } from './request-cookies.js';
import type { Undecided } from './request-decision.js';

/** What one `signIn` knows of one request: it is followed once, however many ask. */
export interface FollowedRequest<User> {
  readonly kind: 'followed';
  readonly decided: DecidedRequest;
  /** Where the login's guards find what came of it. */
  readonly holder: object;
  /** Those of the place where it was followed. */
  readonly placed: PlacedCookies;
  /** Those of the place where one asks. */
  readonly cookies: NextCookies;
  readonly result: LoginResult<User>;
}

type Kept<User> = Pick<FollowedRequest<User>, 'holder' | 'placed'> & {
  readonly result: Promise<LoginResult<User>>;
};

const NOBODY = Object.freeze({ user: undefined, refusal: undefined });

/** Follows requests with their sessions. */
export interface RequestFollower<User> {
  /** Without a request: the one that is being answered, as `next/headers` has it. */
  find(request?: RequestWithCookies): Promise<FollowedRequest<User> | Undecided>;
  follow(decided: DecidedRequest, cookies: NextCookies): Promise<FollowedRequest<User>>;
  /** Nobody is signed in for the rest of the request, whatever the session library makes of a sign-out. */
  signedOut(decided: DecidedRequest): void;
  /** Forgets what came of it: the next who asks compares again. */
  forget(decided: DecidedRequest): void;
}

/**
 * Makes what follows each request once: proxy.ts, layouts, pages and actions that are bundled together share one lookup. What is kept
 * is kept for one `signIn`, so that two logins of an application never answer for each other.
 */
export function createRequestFollower<User extends object>(
  login: Login<NextCookies, User>,
): RequestFollower<User> {
  const kept = new WeakMap<DecidedRequest, Kept<User>>();
  return {
    async find(request) {
      const { source, cookies } = await placeOf(request);
      const found = await findDecided(source);
      return 'decision' in found ? follow(found, cookies) : found;
    },
    follow,
    signedOut(decided) {
      const known = kept.get(decided);
      if (known) kept.set(decided, { ...known, result: Promise.resolve(NOBODY) });
    },
    forget: (decided) => void kept.delete(decided),
  };

  async function follow(decided: DecidedRequest, cookies: NextCookies) {
    const { holder, placed, result } = kept.get(decided) ?? begin(decided, cookies);
    return { kind: 'followed', decided, holder, placed, cookies, result: await result } as const;
  }

  function begin(decided: DecidedRequest, cookies: NextCookies): Kept<User> {
    const { decision, isOpen } = decided;
    const holder = {};
    // For observers. What the login keeps is its own.
    shareState(holder, stateOf(decided.holder));
    const placed = placeCookies(cookies);
    const result = login.follow(placed, { holder, decision, shape: undefined, open: isOpen });
    const begun = { holder, placed, result };
    kept.set(decided, begun);
    return begun;
  }
}

async function placeOf(request: RequestWithCookies | undefined) {
  if (request) return { source: request, cookies: cookiesOf(request) };
  // Not at the top, as in getDecision.
  const { cookies, headers } = await import('next/headers.js');
  return { source: { headers: await headers() }, cookies: await cookies() };
}
