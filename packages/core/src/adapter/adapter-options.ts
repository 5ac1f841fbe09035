import type { AnyAuthenticator, AuthenticatorOptions } from '../authenticator/authenticator.js';

/** What happens to a request that claims nothing: `refuse` (401, default), or `allow` it through without an identity. */
export type AnonymousMode = 'refuse' | 'allow';

/** The mode, or what tells it for a request. Whatever it gives but `allow` refuses: a promise, a throw, nothing. */
export type AnonymousRule<Request = never> = AnonymousMode | ((request: Request) => AnonymousMode);

/** What may not come from pages of other origins: WebSockets, also requests by unsafe methods (`unsafe`), or `false`. */
export type SameOriginMode = 'upgrades' | 'unsafe' | false;

/** Where people sign in who come as nobody (P6). */
export interface SignInPage {
  /**
   * The portal's address, `https://auth.example.com`. Needed for products that have one of their own, as Authelia; others answer
   * under the application's origin.
   */
  readonly portal?: string;
  /**
   * The application's own origin, `https://app.example.com`. Default: what the proxy says in `X-Forwarded-Proto` and
   * `X-Forwarded-Host`, of requests that came through it; others get their 401.
   */
  readonly origin?: string;
  /** The product, by the id of its profile. Default: the authenticator's profile. */
  readonly profile?: string;
}

/** What an adapter makes of decisions. */
export interface AdmissionOptions<Request = never, OnRefusal = never> {
  /**
   * Who claims nothing is refused (401, default), or let through without an identity. Holds also while header login is off (see
   * `optional`), if it is written: without it everybody is let through then, since the application has no login of ours.
   */
  readonly anonymous?: AnonymousRule<Request>;
  /**
   * Paths on which nobody may pass, exactly so (`/healthz`) or below (`/public/*`). Compared with the target as the client
   * wrote it: one with `%`, `;`, `\`, `//` or a dot segment is never open. A claim that is not believed stays refused.
   */
  readonly open?: readonly string[];
  /**
   * A proxy's identity is ambient, as a cookie is: without this, any site that a user visits could open a WebSocket as that user,
   * which no CORS rule forbids. Default `upgrades`; `unsafe` is for applications that know no other token against forged POSTs.
   */
  readonly sameOrigin?: SameOriginMode;
  /** Origins of others that `sameOrigin` lets through all the same: `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[];
  /**
   * Answers what is refused, here and by guards behind: with a page of its own, a redirect, the application's error handler. What it
   * does not answer gets the problem, as without it, at once where it gives `false`; nothing that it does lets a request through.
   * Not asked about WebSockets.
   */
  readonly onRefusal?: OnRefusal;
  /**
   * Sends people to the portal's sign-in page who go to a page as nobody, and gives programs their 401. In the place of
   * `onRefusal`. Adapters know it; `guardServer` does not.
   */
  readonly signIn?: SignInPage;
}

/** What every adapter's `trustedHeader` takes: options, or a ready authenticator (bare, or with an adapter's own). */
export type AdapterOptions<Request = never, OnRefusal = never> =
  | AnyAuthenticator
  | (AuthenticatorOptions<Request> & AdmissionOptions<Request, OnRefusal>)
  | ({ readonly authenticator: AnyAuthenticator } & AdmissionOptions<Request, OnRefusal>);
