import type { Identity, RefusalReason, RequestFacts } from '../decision.js';
import type { ProvenIdentity } from '../identity/read-proven.js';

/** What a proof is asked about. */
export interface ProofQuestion {
  readonly facts: RequestFacts;
  /** Which of the proof's headers came; undefined for none. */
  readonly header: string | undefined;
  /** Its value, without white space around it; undefined for none, or an empty one. */
  readonly value: string | undefined;
  /** Whom the identity headers name, read and clean; undefined for nobody. */
  readonly identity: Identity | undefined;
}

/** What a proof says. */
export type Verdict =
  /** `replaces`: whatever the identity headers say. Without it they must name the same user, or nobody. */
  | { readonly kind: 'proven'; readonly identity: ProvenIdentity; readonly replaces?: boolean }
  /** Nobody is asking, which is no fault. */
  | { readonly kind: 'anonymous' }
  /** The detail is for the operator, and holds nothing that a client could write. */
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail?: string };

/**
 * A proof that has to be asked for: of a server's keys, of a local daemon. It is asked about requests from a trusted source, whose
 * other proofs hold, and about no others (T6).
 */
export interface Proof {
  /** For lines to the operator: `assertion`, `tailscale-whois`. */
  readonly name: string;
  /**
   * Headers that it reads. One with a value is a claim (H7); two lines, aliases and hop-by-hop tricks are refused before it is asked,
   * and the application sees none of them.
   */
  readonly headers: readonly string[];
  /** `claims`: a request without such a header, and without identity headers, is nobody's. `always`: asked about every one. */
  readonly asks: 'claims' | 'always';
  /** Why a user is refused whom the headers name otherwise. Default `proof-invalid`. */
  readonly mismatch?: RefusalReason;
  /** Why somebody is refused who cannot be read. Default `proof-invalid`. */
  readonly unusable?: RefusalReason;
  /**
   * Answers, within a time that it bounds by itself: a request waits as long as its client does. What it throws or rejects with is
   * `proof-unavailable`, unless {@link unavailable} says so.
   */
  prove(question: ProofQuestion): Verdict | Promise<Verdict>;
  /** Why a request is refused about which nobody can say. Default `proof-unavailable`. */
  readonly unavailable?: RefusalReason;
}
