import type { Identity, RequestFacts, TrustedSource } from '../decision.js';
import type { Fields } from '../headers/field.js';
import type { HeaderScan, HeaderScanner } from '../headers/scan-headers.js';
import { compileOrdinary } from '../identity/compile-ordinary.js';
import type { Limits } from '../identity/limits.js';
import { readIdentity } from '../identity/read-identity.js';
import type { AuthenticatorOptions, RequiredValue } from './authenticator.js';
import { bothOf, claimants } from './claimants.js';
import type { Proofs } from './compile-proofs.js';
import { NO_HEADER_LINES } from './details.js';
import { missingOf } from './find-missing.js';
import { isFromTest } from './is-from-test.js';
import type { Judge } from './judge-source.js';
import type { Nobodies } from './nobodies.js';
import { findAnother, hintAt } from './other-profiles.js';
import {
  ANONYMOUS_UNTRUSTED,
  NO_WARNINGS,
  type Outcome,
  outcome,
  refusal,
  refuse,
  SIGNED_OUT,
} from './outcome.js';
import { withUserText } from './user-text.js';

/** More header lines than this, and a claim among them is not believed (H11). */
const MANY_LINES = 500;

/** Node drops what comes after the 1 000th header line, so that a claim may have been among them (H11). */
const CUT_OFF_LINES = 1000;

const NOTHING: readonly RequiredValue[] = [];

/** What decisions are made with. */
export interface DecideParts {
  readonly options: AuthenticatorOptions;
  readonly profiles: readonly Fields[];
  readonly scanner: HeaderScanner;
  readonly proofs: Proofs | undefined;
  readonly limits: Limits;
  readonly required: readonly RequiredValue[];
  readonly nobodies: Nobodies;
  /** Of the list that is in force; undefined while header login is off. */
  judge(): Judge | undefined;
  /** Tells that a peer which is not trusted has claimed something. */
  missed(): void;
}

/**
 * Decides about a request.
 *
 * @param elsewhere For who has a proof of its own to ask for (`withProof`): whether it has found a claim, which counts as one here.
 *   The outcome then says from which source the request comes.
 */
export type Decide = (facts: RequestFacts, elsewhere?: boolean) => Outcome;

/** Compiles the decision: source, proofs, headers, identity, in this order. */
export function compileDecide({
  options,
  profiles,
  scanner,
  proofs,
  limits,
  required,
  nobodies,
  judge: judgeNow,
  missed,
}: DecideParts): Decide {
  const only = profiles.length === 1 ? profiles[0] : undefined;
  const readOrdinary = only && compileOrdinary(only, limits);
  const ignoresUntrusted = options.untrusted === 'ignore';
  const namesUsers = options.logUsers === true;

  return (facts, elsewhere) => {
    const judge = judgeNow();
    if (!judge) return ANONYMOUS_UNTRUSTED;
    const judgement = judge(facts);
    const { peer } = judgement;
    const scan = scanner.scan(facts.rawHeaders);
    const claims = scan.claims || elsewhere === true;
    const isCutOff = facts.truncated === true || scan.lineCount >= CUT_OFF_LINES;

    if (judgement.fault) {
      if (!claims) {
        if (!isCutOff || ignoresUntrusted) return ANONYMOUS_UNTRUSTED;
        return refuse('headers-too-many', peer, undefined, countOf(scan));
      }
      if (judgement.fault === 'peer-untrusted') missed();
      const refused = refusal(judgement.fault, peer, undefined, judgement.detail);
      if (!ignoresUntrusted) return outcome(refused);
      return { ...ANONYMOUS_UNTRUSTED, ignored: Object.freeze(refused) };
    }
    const { source } = judgement;
    const unproven = proofs && !isFromTest(facts) ? proofs.judge(facts, scan) : undefined;
    if (unproven) {
      if (!claims && !isCutOff) return ANONYMOUS_UNTRUSTED;
      return outcome(refusal(unproven.reason, peer, unproven, unproven.detail));
    }
    const nobody = nobodies.from(source, judgement.peer);
    if (isCutOff || (claims && scan.lineCount > MANY_LINES)) {
      return refuse('headers-too-many', peer, undefined, countOf(scan));
    }
    if (scan.unreadable) return refuse('header-malformed', peer, undefined, NO_HEADER_LINES);
    if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);
    if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);
    if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);
    if (elsewhere === undefined)
      return decideClaim(facts, scan, source, judgement.peer, nobody, required);
    // What is required, the proof must say.
    return { ...decideClaim(facts, scan, source, judgement.peer, nobody, NOTHING), source };
  };

  function decideClaim(
    facts: RequestFacts,
    scan: HeaderScan,
    source: TrustedSource,
    peer: string,
    nobody: Outcome,
    wanted: readonly RequiredValue[],
  ): Outcome {
    const other = scan.foreign?.[0]?.field;
    if (!scan.claims) return other ? nobodies.resembling(other, peer) : nobody;
    // All of it is there, so that nothing can be missing.
    const ordinary = only && !other && readOrdinary?.(scan.lines);
    if (ordinary) return authenticated(ordinary, source, NO_WARNINGS, only.id);
    const claims = only ? undefined : claimants(profiles, scan);
    const claimed = only ?? claims?.[0];
    if (!claimed) return nobody;
    const second = claims?.[1];
    if (second) return refuse('header-repeated', peer, second.user, bothOf(claimed, second));
    const read = readClaim(claimed, facts, scan, source, peer, wanted);
    return read.decision.kind === 'refused' ? { ...read, profile: claimed.id } : read;
  }

  function readClaim(
    claimed: Fields,
    facts: RequestFacts,
    scan: HeaderScan,
    source: TrustedSource,
    peer: string,
    wanted: readonly RequiredValue[],
  ): Outcome {
    const other = scan.foreign?.[0]?.field;
    const reading = readIdentity(claimed, scan, limits, facts.joined === true);
    if (!reading) return SIGNED_OUT;
    const { fault } = reading;
    if (fault) {
      const detail = other && fault.reason === 'user-missing' ? hintAt(other) : fault.detail;
      const refused = refuse(fault.reason, peer, fault, detail);
      if (!namesUsers) return refused;
      return withUserText(refused, fault, scan.lines[claimed.user.index]);
    }
    const { identity, warnings } = reading;
    const another = scan.foreign && findAnother(scan.foreign, identity, limits);
    if (another) {
      const detail = `${another.header}, of the profile ${another.key}, names another user`;
      return refuse('header-ambiguous', peer, claimed.user, detail);
    }
    const missing = wanted.length > 0 && missingOf(wanted, identity, claimed, warnings);
    if (missing) return refuse('header-missing', peer, missing.field, missing.detail);
    return authenticated(identity, source, warnings, claimed.id);
  }
}

function authenticated(
  identity: Identity,
  source: TrustedSource,
  warnings: Outcome['warnings'],
  profile: string,
): Outcome {
  return { decision: { kind: 'authenticated', identity, source }, warnings, profile };
}

function countOf({ lineCount }: HeaderScan): string {
  return `${lineCount} header lines`;
}
