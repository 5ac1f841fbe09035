import type { Authenticator, AuthenticatorOptions } from '../authenticator/authenticator.js';

/** What happens to a request that claims nothing: `refuse` (401, default), or `allow` it through without an identity. */
export type AnonymousMode = 'refuse' | 'allow';

/** The mode, or what tells it for a request. Whatever it gives but `allow` refuses: a promise, a throw, nothing. */
export type AnonymousRule<Request = never> = AnonymousMode | ((request: Request) => AnonymousMode);

/** What may not come from pages of other origins: WebSockets, also requests by unsafe methods (`unsafe`), or `false`. */
export type SameOriginMode = 'upgrades' | 'unsafe' | false;

/** What an adapter makes of decisions. */
export interface AdmissionOptions<Request = never, Answerer = never> {
  readonly anonymous?: AnonymousRule<Request>;
  /**
   * Paths on which nobody may pass, exactly so (`/healthz`) or below (`/public/*`). Compared with the target as the client
   * wrote it: one with `%`, `;`, `\`, `//` or a dot segment is never open. A claim that is not believed stays refused.
   */
  readonly open?: readonly string[];
  /** A proxy's identity is ambient, as a cookie is: other sites' pages could use it. Default `upgrades`. */
  readonly sameOrigin?: SameOriginMode;
  /** Origins of others that `sameOrigin` lets through all the same: `https://app.example.com`. */
  readonly allowedOrigins?: readonly string[];
  /** Answers in the place of the problem (D2). It cannot let the request through: where it does not answer, the problem goes out. */
  readonly onRefusal?: Answerer;
}

/** What every adapter's `trustedHeader` takes: options, or a ready authenticator (bare, or with an adapter's own). */
export type AdapterOptions<Request = never, Answerer = never> =
  | Authenticator
  | (AuthenticatorOptions & AdmissionOptions<Request, Answerer>)
  | ({ readonly authenticator: Authenticator } & AdmissionOptions<Request, Answerer>);
