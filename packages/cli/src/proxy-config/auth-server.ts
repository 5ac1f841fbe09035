import type { HeaderProfile } from '@trusted-header/core';
import type { AuthProfile } from './settings.js';

/** How a proxy asks one authorization server, and what comes back. */
export interface AuthServer {
  readonly id: AuthProfile;
  readonly label: string;
  /** The profile that the application must use. */
  readonly headers: HeaderProfile;
  /** Further headers of this product: never set, but deleted from what a client sends. */
  readonly alsoDeleted: readonly string[];
  /**
   * The endpoints; undefined where the product is a reverse proxy itself, with nothing that another could ask: what is
   * generated is then the hop in front of it.
   */
  readonly endpoints?: Endpoints;
  /** Its cookies: a name, or the start of one and a `*`. Whoever has one is its user, at every application. */
  readonly sessionCookies: readonly string[];
  /** Paths of the application's own host that belong to the authorization server. */
  readonly ownPath?: string;
  /** What must be set at the authorization server. */
  readonly needs: readonly string[];
}

/** Where an authorization server is asked. */
export interface Endpoints {
  /** For nginx: answers 401 where others redirect. */
  readonly authRequest: string;
  /** Which of the two forms of the URL `authRequest` reads: `X-Original-URL`, or `X-Forwarded-Uri` and its like. */
  readonly authRequestReads: readonly ('original' | 'forwarded')[];
  /** Answers with the redirect to the sign-in page itself, unless `signIn` says otherwise. */
  readonly caddy: string;
  readonly traefik: string;
  readonly haproxy: string;
  /** For Envoy, which puts the path of the request behind it; may be empty. Undefined where nothing takes one. */
  readonly extAuthz?: string;
  readonly signIn: SignIn;
}

/** How a browser gets to the sign-in page. */
export type SignIn =
  /** The answer to nginx names it in this header; to others the answer is the redirect itself. */
  | { readonly by: 'answer'; readonly header: string }
  /** The original URL is put behind this path, which is the authorization server's own. */
  | { readonly by: 'path'; readonly path: string; readonly bareUnauthorized: boolean }
  /** This path of the authorization server redirects; it reads the original path from `X-Auth-Request-Redirect`. */
  | { readonly by: 'start'; readonly path: string; readonly bareUnauthorized: boolean }
  /** The original URL is put behind this path of the portal. */
  | { readonly by: 'portal'; readonly path: string; readonly bareUnauthorized: boolean };

/** What the endpoints read of what a client sends; everything else stays out of the question. */
export const ASKED_WITH = [
  'Cookie',
  'Authorization',
  'Accept',
  'X-Requested-With',
  'User-Agent',
] as const;
