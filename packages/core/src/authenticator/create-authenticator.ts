import type {
  Anonymous,
  Decision,
  DecisionWarning,
  RefusalReason,
  Refused,
  RequestFacts,
  TrustedSource,
} from '../decision.js';
import type { Field } from '../headers/compile-fields.js';
import { withHidden } from '../headers/hidden-names.js';
import { compileScanner, type HeaderScan } from '../headers/scan-headers.js';
import { DEFAULT_LIMITS } from '../identity/limits.js';
import { readIdentity } from '../identity/read-identity.js';
import { compileTrust } from '../trust/compile-trust.js';
import type { Authenticator, AuthenticatorOptions } from './authenticator.js';
import { checkOptions, checkRequired } from './check-options.js';
import { compileJudge } from './judge-source.js';
import { brandAuthenticator } from './known-authenticators.js';
import { compileNotify } from './notify.js';
import { createObserver } from './observer.js';
import { claimants, findAnother, hintAt } from './other-profiles.js';
import { foreignUsers, resolveProfiles } from './resolve-profiles.js';
import { type Watcher, watch } from './watchers.js';

/** More header lines than this, and a claim among them is not believed (H11). */
const MANY_LINES = 500;

/** Node drops what comes after the 1 000th header line, so that a claim may have been among them (H11). */
const CUT_OFF_LINES = 1000;

const UNREADABLE = 'rawHeaders is no list of names and values';

const NO_WARNINGS: readonly DecisionWarning[] = Object.freeze([]);

/**
 * Compiles the options into an {@link Authenticator}: the one place that decides who is asking.
 *
 * Refuses options that it does not know, and everything that would widen trust silently (T1, T2, H8).
 *
 * @param options `trustedProxies` is required; everything else has a safe default.
 * @throws {ConfigError} `trusted-proxies-empty`, `trusted-proxy-invalid`, `profile-invalid`, `option-invalid`.
 *
 * @example
 * ```ts
 * import { createAuthenticator } from '@trusted-header/core';
 *
 * const authenticator = createAuthenticator({ trustedProxies: ['172.20.0.2'] });
 * const decision = authenticator.authenticate({
 *   peer: '172.20.0.2',
 *   rawHeaders: ['Remote-User', 'john', 'Remote-Groups', 'admin,dev'],
 * });
 * if (decision.kind === 'authenticated') console.log(decision.identity.user); // john
 * ```
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  checkOptions(options);
  const profiles = resolveProfiles(options.profile);
  for (const { others } of profiles) checkRequired(options.required ?? [], others);
  const only = profiles.length === 1 ? profiles[0] : undefined;
  const fields = profiles.flatMap(({ all }) => all);
  const scanner = compileScanner(
    fields,
    options.otherProfiles === 'ignore' ? [] : foreignUsers(fields),
  );
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const required = options.required ?? [];
  const ignoresUntrusted = options.untrusted === 'ignore';
  const observer = createObserver(options);
  let trust = compileTrust(options.trustedProxies);
  let judge = compileJudge(trust);
  // What is anonymous from each source, and the last one of them: sources are few.
  const nobodies = new WeakMap<TrustedSource, Outcome>();
  let lastSource: TrustedSource | undefined;
  let nobody = ANONYMOUS_UNTRUSTED;

  const authenticator = Object.freeze<Authenticator>({
    authenticate,
    isIdentityHeader: withHidden(
      scanner.isIdentityHeader,
      profiles.flatMap(({ hidden }) => hidden),
    ),
    setTrustedProxies(trustedProxies) {
      trust = compileTrust(trustedProxies);
      judge = compileJudge(trust);
    },
  });
  brandAuthenticator(authenticator, {
    trusts: (peer) => trust.has(peer),
    notify: compileNotify(options),
    stopped: (decision) => observer.decided(outcome(decision)),
  });
  return authenticator;

  function authenticate(facts: RequestFacts): Decision {
    const outcome = decideSafely(facts);
    observer.decided(outcome);
    return outcome.decision;
  }

  /** Facts that throw when they are read are no facts: nobody is believed on them. */
  function decideSafely(facts: RequestFacts): Outcome {
    try {
      return decide(facts);
    } catch {
      return refuse('header-malformed', undefined, undefined, 'the facts cannot be read');
    }
  }

  function decide(facts: RequestFacts): Outcome {
    const judgement = judge(facts);
    const { peer } = judgement;
    const scan = scanner.scan(facts.rawHeaders);
    const isCutOff = facts.truncated === true || scan.lineCount >= CUT_OFF_LINES;

    if (judgement.fault) {
      if (!scan.claims) {
        if (!isCutOff || ignoresUntrusted) return ANONYMOUS_UNTRUSTED;
        return refuse('headers-too-many', peer, undefined, countOf(scan));
      }
      const refused = refusal(judgement.fault, peer, undefined, judgement.detail);
      if (!ignoresUntrusted) return outcome(refused);
      return { ...ANONYMOUS_UNTRUSTED, ignored: Object.freeze(refused) };
    }
    if (judgement.source !== lastSource) meet(judgement.source, judgement.peer);
    if (isCutOff || (scan.claims && scan.lineCount > MANY_LINES)) {
      return refuse('headers-too-many', peer, undefined, countOf(scan));
    }
    if (scan.unreadable) return refuse('header-malformed', peer, undefined, UNREADABLE);
    if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);
    if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);
    if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);
    const other = scan.foreign?.[0]?.field;
    if (!scan.claims) return other ? resemble(other, judgement.peer) : nobody;

    const claims = only ? undefined : claimants(profiles, scan);
    const claimed = only ?? claims?.[0];
    if (!claimed) return nobody;
    const second = claims?.[1];
    if (second) {
      const detail = `a claim by the profile ${claimed.id} and one by ${second.id}`;
      return refuse('header-repeated', peer, second.user, detail);
    }
    const reading = readIdentity(claimed, scan, limits, facts.joined === true);
    if (!reading) return SIGNED_OUT;
    const { fault } = reading;
    if (fault) {
      const detail = other && fault.reason === 'user-missing' ? hintAt(other) : fault.detail;
      return refuse(fault.reason, peer, fault, detail);
    }
    const { identity, warnings } = reading;
    const another = scan.foreign && findAnother(scan.foreign, identity, limits);
    if (another) {
      const detail = `${another.header}, of the profile ${another.key}, names another user`;
      return refuse('header-ambiguous', peer, claimed.user, detail);
    }
    for (const value of required) {
      if (identity[value] !== undefined) continue;
      const field = claimed.others.find(({ kind }) => kind === value);
      const dropped = warnings.find(({ header }) => header === field?.header);
      return refuse('header-missing', peer, field, dropped?.detail);
    }
    return { decision: { kind: 'authenticated', identity, source: judgement.source }, warnings };
  }

  /** Turns to a source, and has its decisions watched if it is a new one. */
  function meet(source: TrustedSource, peer: string): void {
    const known = nobodies.get(source);
    lastSource = source;
    nobody = known ?? outcome(Object.freeze<Anonymous>({ kind: 'anonymous', trusted: true }));
    if (known) return;
    nobodies.set(source, nobody);
    watch(source, watcherFor(peer));
    watch(nobody.decision, watcherFor(peer));
  }

  /** Tells of a request that names nobody, and somebody as another profile does. Such requests are a mistake in the set-up. */
  function resemble(other: Field, peer: string): Outcome {
    const decision: Anonymous = Object.freeze({ kind: 'anonymous', trusted: true });
    watch(decision, watcherFor(peer, other));
    return { decision, warnings: NO_WARNINGS, looksLike: other.key };
  }

  function watcherFor(peer: string, other?: Field): Watcher {
    const headersOf = (wanted: Field['kind']) =>
      fields.flatMap(({ kind, header }) => (kind === wanted ? header : [])).join(' or ');
    return {
      groupsHeader: headersOf('groups') || undefined,
      denied: observer.denied,
      unclaimed: (decision) => observer.unclaimed(decision, peer, headersOf('user'), other),
    };
  }
}

/** A decision, and what is to be told with it. */
interface Outcome {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
  readonly ignored?: Refused;
  readonly looksLike?: string;
}

// Requests share these, so that nobody may change them.
const NOBODY: Anonymous = Object.freeze({ kind: 'anonymous', trusted: false });
const ANONYMOUS_UNTRUSTED = outcome(NOBODY);
/** Through the proxy, and known there to be nobody (H13). That is no news to anybody. */
const SIGNED_OUT = outcome(Object.freeze<Anonymous>({ kind: 'anonymous', trusted: true }));

function outcome(decision: Decision): Outcome {
  return { decision, warnings: NO_WARNINGS };
}

function refuse(...why: Parameters<typeof refusal>): Outcome {
  return outcome(refusal(...why));
}

function refusal(
  reason: RefusalReason,
  peer: string | undefined,
  field?: { readonly header: string },
  detail?: string,
): Refused {
  return {
    kind: 'refused',
    reason,
    ...(field && { header: field.header }),
    ...(peer !== undefined && { peer }),
    ...(detail !== undefined && { detail }),
  };
}

function countOf({ lineCount }: HeaderScan): string {
  return `${lineCount} header lines`;
}
