import type {
  Decision,
  DecisionWarning,
  DenialReason,
  RefusalReason,
  Refused,
} from '../decision.js';

/** What a policy denied, and why. Holds what the route asks for, and nothing of what the user has. */
export interface Denied {
  readonly reason: DenialReason;
  readonly detail: string;
}

/**
 * What a login made of a decision: it began a session, ended it for another user's or other groups', ended it since nobody was
 * named, ended it as the user asked for, or could not say who the user is, and the client got 503.
 */
export type LoginOutcome = 'started' | 'switched' | 'ended' | 'signed-out' | 'unavailable';

/** Why somebody was refused, denied or asked to sign in: what the client got as `code`, and the code of the log line. */
export type EventReason =
  | RefusalReason
  | DenialReason
  | 'authentication-required'
  | 'user-unavailable';

/** What there is to tell about a request. */
export interface Told {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
  /** The id of the profile that the claim was read by; absent where none was: nobody claims, or is not asked what. */
  readonly profile?: string;
  /** What a claim that `untrusted: 'ignore'` passed over would have been otherwise. */
  readonly ignored?: Refused;
  /** Nobody was named under the configured headers, and somebody as the profile of this id does (H15). */
  readonly looksLike?: string;
  /** A guard's policy did not admit the user: told after the event of the decision itself. */
  readonly denied?: Denied;
  /** What `signIn` did: told after the event of the decision itself. */
  readonly login?: LoginOutcome;
}

/**
 * What observers are told about a decision. Holds no header value but those of an authenticated identity; `request` is the raw
 * thing, and no part of what may be written to a log as it is.
 */
export interface DecisionEvent<Request = unknown> extends Told {
  /** Milliseconds since 1970, by the wall clock. */
  readonly time: number;
  /** Of the refusal, the ignored claim, the denial or the 401 that the event is about. */
  readonly reason?: EventReason;
  /** More about it, for the operator. Holds no header value. */
  readonly detail?: string;
  /**
   * The framework's request, or its context: see the adapter's README. Identity headers are stripped by now; trailers, which come
   * later, are when they come. Everything else is as the client wrote it: the body, cookies, other headers, the URL. Absent where
   * the framework has none: a WebSocket's handshake in front of Fastify, `authenticate()` called by hand.
   */
  readonly request?: Request;
  /** The pattern of the route, `/notes/:id`, where the framework knows it by now. */
  readonly route?: string;
}

/** Who is told, typed by the request of one framework. */
export interface Listeners<Request> {
  // Methods, which TypeScript compares less strictly: who listens for one framework's requests can listen to a ready authenticator.
  onDecision(event: DecisionEvent<Request>): void;
  log(line: string, event: DecisionEvent<Request> | undefined): void;
}

/** Gives the pattern of a request's route, if the framework knows it. */
export type RouteOf<Request = unknown> = { of(request: Request): string | undefined }['of'];

/** Of which request something is told. */
export interface About {
  /** The framework's. */
  readonly request: unknown;
  /** Asked only where somebody listens. */
  readonly routeOf: RouteOf | undefined;
  /** By which its claim was read. */
  readonly profile?: string | undefined;
}
