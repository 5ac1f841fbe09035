import type {
  ConfigErrorCode,
  DecisionWarning,
  DenialReason,
  Refusal,
  RefusalReason,
} from '@trusted-header/core';
import type { Finding } from '../audit/finding.js';
import type { ProbeCaseId } from '../probe/case-id.js';

/** What answers say beside the reasons of refusals and denials: nobody, and nobody can say for now. */
export type AnswerCode =
  | 'authentication-required'
  | Extract<Refusal, { readonly kind: 'unavailable' }>['reason'];

/** Every code that a client, a log, a start, an audit or a probe shows. */
export type ExplainedCode =
  | RefusalReason
  | DenialReason
  | AnswerCode
  | DecisionWarning['code']
  | ConfigErrorCode
  | Finding['code']
  | ProbeCaseId;

/** What a code means, how it comes about, and what mends it. Plain text, without marks of any format. */
export interface Explanation {
  readonly code: ExplainedCode;
  /**
   * `refusal`: a claim is not believed. `denial`: a user who may not. `answer`: there is no user. `warning`: something was left
   * out, and the login went on. `configuration`: the application does not start. `audit`: legal, and unwise. `probe`: tried from outside.
   */
  readonly kind: ExplanationKind;
  /** What the client got; absent where no client is told of it. */
  readonly status?: 401 | 403 | 503;
  /** Parts of the lines that the application's log has of it, where such a line does not name the code. */
  readonly log?: readonly string[];
  /** What it means, in a sentence or two. */
  readonly means: string;
  /** How it comes about, the commonest first. */
  readonly causes: readonly Cause[];
}

export type ExplanationKind =
  | 'refusal'
  | 'denial'
  | 'answer'
  | 'warning'
  | 'configuration'
  | 'audit'
  | 'probe';

/** One way in which a code comes about, and what mends it. */
export interface Cause {
  readonly when: string;
  readonly mend: string;
  /** Lines to copy, for some proxies or places. */
  readonly lines?: readonly Lines[];
}

/** Lines to copy. */
export interface Lines {
  /** Where they go: `nginx`, `Caddy`, `compose.yaml`, `shell` … */
  readonly where: string;
  readonly text: readonly string[];
}

/** What is written of each code; its kind is that of its list. */
export type Entry = Omit<Explanation, 'code' | 'kind'>;

/** What is written of some codes: all of them, and no others, or it does not compile. */
export type Entries<Code extends ExplainedCode> = Readonly<Record<Code, Entry>>;
