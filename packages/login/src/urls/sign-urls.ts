import { ConfigError, configIssue, type ProfileId } from '@trusted-header/core';
import { checkBase, checkOrigin } from './check-url.js';
import { PORTALS, type Portal } from './portals.js';
import { safeReturnTo } from './safe-return-to.js';

export interface SignUrlOptions {
  /**
   * The portal's address, `https://auth.example.com`. Needed for products that have one of their own (Authelia, tinyauth, vouch,
   * caddy-security); for those that answer under the application's origin, only where it is another.
   */
  readonly portal?: string | undefined;
  /** The application's own origin, `https://app.example.com`: configuration, never made of a `Host` header. */
  readonly origin: string;
  /** Where to go afterwards: see {@link safeReturnTo}. Default `/`. */
  readonly returnTo?: unknown;
}

/**
 * Gives the URL at which people sign in at the proxy's portal (P6), and come back to where they wanted to go.
 *
 * Undefined for products without such a page: some ask by themselves (Pomerium, Cloudflare Access), and others have nothing
 * to sign in at (Tailscale, Kubernetes).
 *
 * @throws {ConfigError} `option-invalid`: an address that is none, or a `portal` that is missing.
 *
 * @example
 * ```ts
 * import { signInUrl } from '@trusted-header/login';
 *
 * const portal = 'https://auth.example.com';
 * signInUrl('authelia', { portal, origin: 'https://app.example.com', returnTo: '/notes' });
 * // https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2Fnotes
 * ```
 */
export function signInUrl(profile: ProfileLike, options: SignUrlOptions): string | undefined {
  return pageUrl(profile, 'signIn', options);
}

/**
 * Gives the URL that signs people out at the proxy's portal (P6). Send them there after the application's own sign-out: as long
 * as the portal's session lives, the proxy names them in each request.
 *
 * Undefined for products without such a page (Tailscale, Kubernetes, Linkerd, Sandstorm).
 *
 * @throws {ConfigError} `option-invalid`: an address that is none, or a `portal` that is missing.
 */
export function signOutUrl(profile: ProfileLike, options: SignUrlOptions): string | undefined {
  return pageUrl(profile, 'signOut', options);
}

/** A profile of core, or its id. One that the application has written itself is known by no page. */
export type ProfileLike = ProfileId | { readonly id: string };

function pageUrl(
  profile: ProfileLike,
  kind: 'signIn' | 'signOut',
  { portal, origin, returnTo }: SignUrlOptions,
): string | undefined {
  checkOrigin('origin', origin);
  if (portal !== undefined) checkBase('portal', portal);
  const known = portalOf(typeof profile === 'string' ? profile : profile.id);
  const page = known?.[kind];
  if (!known || !page) return undefined;
  const base = portal ?? (known.at === 'here' ? origin : undefined);
  if (base === undefined) {
    throw new ConfigError('option-invalid', [
      configIssue(
        'portal',
        portal,
        'is missing: this product has an address of its own',
        "write for example 'https://auth.example.com'",
      ),
    ]);
  }
  const url = base.replace(/\/$/, '') + page.path;
  if (page.returnTo === undefined) return url;
  return `${url}?${page.returnTo}=${encodeURIComponent(origin + safeReturnTo(returnTo, origin))}`;
}

function portalOf(id: string): Portal | undefined {
  const portals: Readonly<Record<string, Portal | undefined>> = PORTALS;
  return Object.hasOwn(portals, id) ? portals[id] : undefined;
}
