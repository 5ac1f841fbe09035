import type { RequestFacts as CoreFacts, Identity } from '@trusted-header/core';

export type RequestFacts = CoreFacts & { readonly peerPort?: number | undefined };
export interface Proof {
  readonly name: string;
  readonly headers: readonly string[];
  readonly asks: 'claims' | 'always';
  prove(question: ProofQuestion): Verdict | Promise<Verdict>;
}
export interface ProofQuestion {
  readonly facts: RequestFacts;
  readonly header: string | undefined;
  readonly value: string | undefined;
  readonly identity: Identity | undefined;
}
export type Verdict =
  | { readonly kind: 'proven'; readonly identity: Identity; readonly replaces?: boolean }
  | { readonly kind: 'anonymous' }
  | {
      readonly kind: 'refused';
      readonly reason: 'proof-missing' | 'proof-invalid' | 'proof-unavailable';
      readonly detail?: string;
    };
