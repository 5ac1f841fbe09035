// TEMPORARY
import type { Identity, RequestFacts } from '@trusted-header/core';
export type RefusalReason =
  | 'assertion-missing' | 'assertion-malformed' | 'assertion-algorithm' | 'assertion-key-unknown' | 'assertion-signature'
  | 'assertion-foreign' | 'assertion-expired' | 'assertion-subject' | 'assertion-mismatch' | 'assertion-unavailable';
export interface ProofQuestion {
  readonly facts: RequestFacts;
  readonly header: string | undefined;
  readonly value: string | undefined;
  readonly identity: Identity | undefined;
}
export type Verdict =
  | { readonly kind: 'proven'; readonly identity: ProvenIdentity; readonly replaces?: boolean }
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail?: string };
export interface ProvenIdentity { readonly user: string; readonly groups?: readonly string[]; readonly name?: string; readonly email?: string; readonly extra?: Readonly<Record<string, string>> }
export interface Proof {
  readonly name: string;
  readonly headers: readonly string[];
  readonly asks: 'claims' | 'always';
  prove(question: ProofQuestion): Verdict | Promise<Verdict>;
}
