import type { Decision } from '@trusted-header/core';
import type { DenialCode } from './accounts.js';
import type { FollowAnswer, FollowBody } from './follow.js';
import { withCookies, withoutCookies, withoutCredentials } from './request-headers.js';

/** A better-auth with the plugin {@link trustedHeader}. */
export interface FollowingAuth<Session extends object> {
  readonly $Infer: { readonly Session: Session };
  readonly api: {
    followTrustedHeader(input: {
      readonly body: FollowBody;
      readonly headers: Headers;
      readonly returnHeaders: true;
    }): Promise<{ readonly headers?: Headers | null; readonly response: FollowAnswer }>;
    getSession(input: {
      readonly headers: Headers;
      readonly query: { readonly disableCookieCache: true };
      readonly returnHeaders: true;
    }): Promise<{ readonly headers?: Headers | null; readonly response: NoInfer<Session> | null }>;
  };
}

/** What {@link followDecision} needs to know of a request. */
export interface FollowRequest {
  /** What `trustedHeader` of the framework's adapter has decided. */
  readonly decision: Decision | undefined;
  /** The request's headers: of Node's, `fromNodeHeaders(req.headers)`. */
  readonly headers: Headers;
  /** The path is open: nobody is asked for there, and nothing is ended. */
  readonly open?: boolean | undefined;
  /** The person asks to be signed in again after a sign-out. */
  readonly again?: boolean | undefined;
}

interface FollowedBase {
  /** `Set-Cookie` lines for the response, **also where the kind is not `user`**. */
  readonly setCookies: readonly string[];
  /** The request's headers as better-auth is to see them from now on: `auth.api.…({ headers })`, and its handler. */
  readonly headers: Headers;
}

/** Who is signed in. */
export type Followed<Session extends object> = FollowedBase &
  (
    | ({ readonly kind: 'user' } & Session)
    /** Nobody by the proxy; somebody by another login of better-auth's, perhaps: ask `auth.api.getSession({ headers })`. */
    | { readonly kind: 'nobody' }
    /** The proxy names somebody who is not to be signed in: 403. */
    | { readonly kind: 'denied'; readonly code: DenialCode }
    /** Nobody could say, for now: 503. The browser's session is as it was. */
    | { readonly kind: 'unavailable'; readonly error: unknown }
  );

/**
 * Follows the proxy with better-auth's session, once for each request, before anything asks better-auth who somebody is (P2).
 *
 * Throws where there is no decision, and nowhere else. It answers no refused claims: keep the adapter's default, or `requireIdentity()`, in front of it.
 *
 * @example
 * ```ts
 * import { followDecision, trustedHeader as plugin } from '@trusted-header/better-auth';
 * import { trustedHeader } from '@trusted-header/hono';
 * import { betterAuth } from 'better-auth';
 * import { Hono } from 'hono';
 *
 * const auth = betterAuth({ plugins: [plugin()] });
 * const app = new Hono();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.get('/', async (c) => {
 *   const followed = await followDecision(auth, {
 *     decision: c.var.decision,
 *     headers: c.req.raw.headers,
 *   });
 *   for (const line of followed.setCookies) c.header('set-cookie', line, { append: true });
 *   return c.text(followed.kind === 'user' ? followed.user.name : 'nobody');
 * });
 * ```
 */
export async function followDecision<Session extends object>(
  auth: FollowingAuth<Session>,
  { decision, headers: sent, open, again }: FollowRequest,
): Promise<Followed<Session>> {
  if (!decision) throw new Error(NO_DECISION);
  try {
    const { response, headers: answered } = await auth.api.followTrustedHeader({
      body: { decision, open, again },
      headers: sent,
      returnHeaders: true,
    });
    const setCookies = cookiesIn(answered);
    const headers = withoutCookies(sent, response.staleCookies);
    if (response.kind === 'user')
      return await userOf(auth, withCookies(headers, setCookies), setCookies);
    const isOtherLogin = response.kind === 'nobody' && !response.isOurs;
    const left = isOtherLogin ? headers : withoutCredentials(headers);
    const base = { setCookies, headers: left };
    switch (response.kind) {
      case 'nobody':
        return { kind: 'nobody', ...base };
      case 'denied':
        return { kind: 'denied', code: response.code, ...base };
      case 'unavailable':
        return { kind: 'unavailable', error: response.error, ...base };
    }
  } catch (error) {
    return { kind: 'unavailable', error, setCookies: [], headers: withoutCredentials(sent) };
  }
}

const NO_DECISION =
  'followDecision() found no decision: put trustedHeader(…) of the framework’s adapter before it';

/** Asks better-auth itself, so that the types and fields are the application's, and the session is renewed when it is due. */
async function userOf<Session extends object>(
  auth: FollowingAuth<Session>,
  headers: Headers,
  setCookies: readonly string[],
): Promise<Followed<Session>> {
  const { response, headers: answered } = await auth.api.getSession({
    headers,
    query: { disableCookieCache: true },
    returnHeaders: true,
  });
  // The last line for a name counts.
  const all = [...setCookies, ...cookiesIn(answered)];
  // Revoked in between.
  if (response === null)
    return { kind: 'nobody', setCookies: all, headers: withoutCredentials(headers) };
  return {
    ...response,
    kind: 'user',
    setCookies: all,
    headers: withCookies(headers, cookiesIn(answered)),
  };
}

function cookiesIn(headers: Headers | null | undefined): readonly string[] {
  return headers?.getSetCookie() ?? [];
}
