import type { Anonymous, Refused } from '../decision.js';
import type { Authorization } from '../policy/policy.js';

/** An RFC 9457 problem: what a client is told. Never an address, a header value or the configuration. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: 401 | 403;
  /** The refusal's or denial's reason, or `authentication-required`. */
  readonly code: string;
}

/** Every outcome that keeps a request from its handler. */
export type Refusal = Anonymous | Refused | Extract<Authorization, { kind: 'denied' }>;

/** A problem rendered for one client. */
export interface ProblemResponse {
  readonly status: 401 | 403;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
