import { type Decision, linesOf, type RequestShape } from '@trusted-header/core';
import { checkOrigin, isOrigin } from './check-url.js';
import { prefersNavigation } from './prefers-navigation.js';
import { type ProfileLike, signInUrl } from './sign-urls.js';

/** Where people sign in who come as nobody. */
export interface SignInPage {
  /** The portal's address, `https://auth.example.com`. See {@link SignUrlOptions}. */
  readonly portal?: string;
  /**
   * The application's own origin. Default: what the proxy says in `X-Forwarded-Proto` and `X-Forwarded-Host`, of requests that
   * came through it; all others get their 401.
   */
  readonly origin?: string;
  /** The product in front. Default: the authenticator's profile. */
  readonly profile?: ProfileLike;
}

/** Tells where to send a request that is answered with 401; undefined: nowhere. */
export type SignInRedirect = (decision: Decision, shape: RequestShape) => string | undefined;

/**
 * Makes what sends people to the portal's sign-in page, and lets programs have their 401 (P6).
 *
 * Sends only whom the proxy does not name: who has signed out of the application is signed in at the portal, which would send them
 * back at once. Comes back to the path that was asked for; see {@link safeReturnTo}.
 *
 * @param profile Of the authenticator.
 * @throws {ConfigError} `option-invalid`
 */
export function signInRedirect(page: SignInPage, profile: ProfileLike): SignInRedirect {
  const { portal, origin } = page;
  const product = page.profile ?? profile;
  // At start, not with the first visitor.
  signInUrl(product, { portal, origin: origin ?? 'https://app.example.com' });
  if (origin !== undefined) checkOrigin('origin', origin);

  return (decision, shape) => {
    if (decision?.kind !== 'anonymous' || !isNavigation(shape)) return undefined;
    const own = origin ?? (decision.trusted ? forwardedOrigin(shape) : undefined);
    if (own === undefined) return undefined;
    return signInUrl(product, { portal, origin: own, returnTo: shape.target });
  };
}

function isNavigation({ method, rawHeaders }: RequestShape): boolean {
  const [secFetchMode] = linesOf(rawHeaders, 'sec-fetch-mode');
  const accept = linesOf(rawHeaders, 'accept').join(', ');
  return prefersNavigation({ method, secFetchMode, accept });
}

function forwardedOrigin({ rawHeaders }: RequestShape): string | undefined {
  const schemes = linesOf(rawHeaders, 'x-forwarded-proto');
  const hosts = linesOf(rawHeaders, 'x-forwarded-host');
  if (schemes.length !== 1 || hosts.length !== 1) return undefined;
  const origin = `${schemes[0]}://${hosts[0]}`.toLowerCase();
  return isOrigin(origin) ? origin : undefined;
}
