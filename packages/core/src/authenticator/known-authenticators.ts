import { sharedState } from '../config/shared-state.js';
import type { Decision, Refused, RequestFacts, TrustedSource } from '../decision.js';
import type { Accept } from './accept-proven.js';
import type { AnyAuthenticator } from './authenticator.js';
import type { Decide } from './compile-decide.js';
import type { About, LoginOutcome } from './decision-event.js';
import type { LiveLists } from './live-lists.js';
import type { Outcome } from './outcome.js';

/** What adapters may ask of an authenticator, and applications need not. */
export interface AuthenticatorSetup {
  /** Of the profile, the first one where there are several. */
  readonly profileId: string;
  /** The headers that identities are read from, as the settings spell them. */
  readonly reads: readonly string[];
  /** Of all headers that nobody behind the adapter may see, in lower case; without those that are known by their beginning only. */
  readonly headerNames: readonly string[];
  /** Tells whether a peer is a trusted proxy now. */
  trusts(peer: string): boolean;
  /** Tells whether header login is off now: it is `optional`, and no proxy is named (D6). */
  isOff(): boolean;
  /** The sources that the list names, for who looks them up (L1). */
  readonly live: LiveLists;
  /** The certificate of the connection itself has to be a listed one (T6), which not every runtime tells. */
  readonly readsCertificate: boolean;
  /** Writes a line about the set-up where the lines about decisions go. */
  notify(line: string): void;
  /** Decides as `authenticate` does, and tells nobody. Total. */
  readonly decide: Decide;
  /** Compiles what a request of nobody comes to where people come with the header of a proof. */
  nobodyWithout(proof: string): (source: TrustedSource, peer: string) => Outcome;
  /** Makes the decision about somebody whom a proof names. */
  readonly accept: Accept;
  /**
   * Asks for the proof that these facts need, so that `decide` can tell (V2); undefined where there is nothing to wait for. Never
   * rejects.
   */
  prepare?(facts: RequestFacts): Promise<void> | undefined;
  /** Tells whether anybody listens to this. */
  hears(outcome: Outcome): boolean;
  /** Tells observers of a decision. */
  tell(outcome: Outcome, about: About): void;
  /** Tells observers that a request was stopped after it had been decided. */
  stopped(refused: Refused, about: About | undefined): void;
  /** Tells observers what a login made of a decision. */
  loggedIn(decision: Decision, login: LoginOutcome, about: About): void;
}

const setups = sharedState<WeakMap<object, AuthenticatorSetup>>(
  'authenticators',
  () => new WeakMap(),
);

/** Marks what we have made. */
export function brandAuthenticator(
  authenticator: AnyAuthenticator,
  setup: AuthenticatorSetup,
): void {
  setups.set(authenticator, setup);
}

/**
 * Tells whether something is an authenticator that `createAuthenticator` or `withProof` has made (D5): passport has a method
 * `authenticate` too, and a copy may have had its own replaced.
 */
export function isAuthenticator(value: unknown): value is AnyAuthenticator {
  return typeof value === 'object' && value !== null && setups.has(value);
}

/** Gives what an authenticator was made with. */
export function setupOf(authenticator: AnyAuthenticator): AuthenticatorSetup | undefined {
  return setups.get(authenticator);
}
