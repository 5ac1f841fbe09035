import type { AnyAuthenticator } from '../authenticator/authenticator.js';
import { setupOf } from '../authenticator/known-authenticators.js';
import type { Decision, Identity, RefusalReason, RequestFacts } from '../decision.js';
import { canaryIn } from './canary.js';
import { type ProbeLine, probeLines } from './probe-lines.js';

/** The version of the report, and of the answer that it is in. */
export const PROBE_VERSION = 1;

/** What became of the probe's request by the time it arrived: see `npx @trusted-header/cli probe`. */
export interface ProbeReport {
  readonly receiver: typeof PROBE_VERSION;
  /** Which adapter has answered: `express`. */
  readonly adapter: string;
  /** As the runtime gives it, `1.1`; `unknown` where it does not. */
  readonly httpVersion: string;
  readonly decision: ProbeDecision;
  /** Absent unless the decision is `authenticated`. */
  readonly identity?: ProbeIdentity;
  /** The headers that identities are read from, as the settings spell them. */
  readonly reads: readonly string[];
  readonly lines: readonly ProbeLine[];
  readonly trailers: readonly ProbeLine[];
  /** How many header lines there were. */
  readonly count: number;
}

/** A decision, without who and from where. */
export type ProbeDecision =
  | { readonly kind: 'authenticated' }
  | { readonly kind: 'anonymous'; readonly trusted: boolean }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly header?: string;
      readonly detail?: string;
    };

/** An identity, of which only the probe's own text is shown; `present` stands for everything else. */
export interface ProbeIdentity {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly name?: string;
  readonly email?: string;
  readonly extra?: Readonly<Record<string, string>>;
}

/** How a request came, beside its facts. */
export interface ProbeArrival {
  readonly adapter: string;
  readonly httpVersion: string;
  /** Names and values in turn, as they came. */
  readonly trailers: readonly string[];
}

const PRESENT = 'present';

/**
 * Reports how a request of the probe arrived, and what is decided about it: with the proofs that it needs, and telling nobody.
 *
 * Holds no address, and of header values nothing but the text that the probe has sent. Ask `isProbe` first: this is for nobody else.
 */
export async function probeReport(
  authenticator: AnyAuthenticator,
  facts: RequestFacts,
  { adapter, httpVersion, trailers }: ProbeArrival,
): Promise<ProbeReport> {
  const setup = setupOf(authenticator);
  await setup?.prepare?.(facts);
  const decision = setup?.decide(facts).decision ?? UNKNOWN;
  const { isIdentityHeader } = authenticator;
  const { rawHeaders } = facts;
  return {
    receiver: PROBE_VERSION,
    adapter,
    httpVersion,
    decision: withoutSource(decision),
    ...(decision.kind === 'authenticated' && { identity: shownIdentity(decision.identity) }),
    reads: setup?.reads ?? [],
    lines: probeLines(rawHeaders, isIdentityHeader),
    trailers: probeLines(trailers, isIdentityHeader),
    count: Math.floor(rawHeaders.length / 2),
  };
}

const UNKNOWN: Decision = { kind: 'refused', reason: 'decision-unknown' };

function withoutSource(decision: Decision): ProbeDecision {
  switch (decision.kind) {
    case 'authenticated':
      return { kind: 'authenticated' };
    case 'anonymous':
      return { kind: 'anonymous', trusted: decision.trusted };
    case 'refused': {
      const { kind, reason, header, detail } = decision;
      // Of a source it names the listener's path, and where the list comes from.
      const isOfSource = reason.startsWith('peer-');
      return {
        kind,
        reason,
        ...(header !== undefined && { header }),
        ...(detail !== undefined && !isOfSource && { detail }),
      };
    }
  }
}

function shownIdentity({ user, groups, name, email, extra }: Identity): ProbeIdentity {
  return {
    user: shown(user),
    ...(groups && { groups: shownGroups(groups) }),
    ...(name !== undefined && { name: shown(name) }),
    ...(email !== undefined && { email: shown(email) }),
    ...(extra && {
      extra: Object.fromEntries(Object.entries(extra).map(([key, text]) => [key, shown(text)])),
    }),
  };
}

/** The probe's own, and then one word for all the others. */
function shownGroups(groups: readonly string[]): readonly string[] {
  const own = groups.flatMap((group) => canaryIn(group) ?? []);
  return own.length < groups.length ? [...own, PRESENT] : own;
}

function shown(text: string): string {
  return canaryIn(text) ?? PRESENT;
}
