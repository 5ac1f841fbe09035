import type { Anonymous, DenialReason, Refused } from '../decision.js';

/** An RFC 9457 problem: what a client is told. Never an address, a header value or the configuration. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: 401 | 403 | 503;
  /** The refusal's or denial's reason, or `authentication-required`. */
  readonly code: string;
}

/** Every outcome that keeps a request from its handler. */
export type Refusal =
  | Anonymous
  | Refused
  | { readonly kind: 'denied'; readonly reason: DenialReason }
  /** Nobody can say, for now: the application's user could not be looked up, or nothing of ours has seen the request (N3). */
  | { readonly kind: 'unavailable'; readonly reason: 'user-unavailable' | 'undecided' };

/** A problem rendered for one client. */
export interface ProblemResponse {
  readonly status: 401 | 403 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
