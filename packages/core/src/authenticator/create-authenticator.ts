import type { Decision, RequestFacts } from '../decision.js';
import { withHidden } from '../headers/hidden-names.js';
import { compileScanner, type FieldLines, type HeaderScan } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import { DEFAULT_LIMITS } from '../identity/limits.js';
import { readIdentity } from '../identity/read-identity.js';
import type { Trust } from '../trust/compile-trust.js';
import type { TrustEntry } from '../trust/parse-trusted-proxies.js';
import type { Authenticator, AuthenticatorOptions } from './authenticator.js';
import { checkOptions, checkRequired } from './check-options.js';
import { compileJudge } from './judge-source.js';
import { brandAuthenticator } from './known-authenticators.js';
import { createLiveTrust } from './live-trust.js';
import { createNobodies } from './nobodies.js';
import { compileNotify } from './notify.js';
import { createObserver } from './observer.js';
import { claimants, findAnother, hintAt } from './other-profiles.js';
import {
  ANONYMOUS_UNTRUSTED,
  type Outcome,
  outcome,
  refusal,
  refuse,
  SIGNED_OUT,
} from './outcome.js';
import { foreignUsers, profileIdOf, resolveProfiles } from './resolve-profiles.js';
import { switchLine } from './resolve-trust.js';
import { unwiseLines } from './unwise-lines.js';

/** More header lines than this, and a claim among them is not believed (H11). */
const MANY_LINES = 500;

/** Node drops what comes after the 1 000th header line, so that a claim may have been among them (H11). */
const CUT_OFF_LINES = 1000;

const UNREADABLE = 'rawHeaders is no list of names and values';

/**
 * Compiles the options into an {@link Authenticator}: the one place that decides who is asking.
 *
 * Refuses options that it does not know, and everything that would widen trust silently (T1, T2, H8).
 *
 * @param options `trustedProxies` is required, unless header login is `optional`; everything else has a safe default.
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
  const namesUsers = options.logUsers === true;
  const observer = createObserver(options);
  const nobodies = createNobodies(fields, observer);
  const notify = compileNotify(options);
  const isOptional = options.optional === true;
  let trust: Trust | undefined;
  let judge: ReturnType<typeof compileJudge> | undefined;
  let wasOn = true;
  let unwise: readonly string[] = [];
  const live = createLiveTrust(options.trustedProxies, isOptional, (inForce) => {
    trust = inForce.trust;
    judge = trust && compileJudge(trust, inForce.lack);
    const isOn = trust !== undefined;
    if (wasOn !== isOn) notify(switchLine(trust));
    wasOn = isOn;
    if (isOn) tellUnwise(inForce.entries);
  });

  const authenticator = Object.freeze<Authenticator>({
    authenticate,
    isIdentityHeader: withHidden(
      scanner.isIdentityHeader,
      profiles.flatMap(({ hidden }) => hidden),
    ),
    setTrustedProxies: live.set,
  });
  brandAuthenticator(authenticator, {
    profileId: profileIdOf(options.profile),
    trusts: (peer) => trust?.has(peer) === true,
    isOff: () => trust === undefined,
    live: live.lists,
    notify,
    decide: decideSafely,
    hears: observer.hears,
    tell: observer.decided,
    stopped: (decision, about) => observer.decided(outcome(decision), about),
    loggedIn: observer.loggedIn,
  });
  return authenticator;

  /** What the list before has said is not said again: a list that lives is set again and again. */
  function tellUnwise(entries: readonly TrustEntry[]): void {
    const lines = unwiseLines(entries);
    for (const line of lines) if (!unwise.includes(line)) notify(line);
    unwise = lines;
  }

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
    if (!judge) return ANONYMOUS_UNTRUSTED;
    const judgement = judge(facts);
    const { peer } = judgement;
    const scan = scanner.scan(facts.rawHeaders);
    const isCutOff = facts.truncated === true || scan.lineCount >= CUT_OFF_LINES;

    if (judgement.fault) {
      if (!scan.claims) {
        if (!isCutOff || ignoresUntrusted) return ANONYMOUS_UNTRUSTED;
        return refuse('headers-too-many', peer, undefined, countOf(scan));
      }
      if (judgement.fault === 'peer-untrusted') live.missed();
      const refused = refusal(judgement.fault, peer, undefined, judgement.detail);
      if (!ignoresUntrusted) return outcome(refused);
      return { ...ANONYMOUS_UNTRUSTED, ignored: Object.freeze(refused) };
    }
    const nobody = nobodies.from(judgement.source, judgement.peer);
    if (isCutOff || (scan.claims && scan.lineCount > MANY_LINES)) {
      return refuse('headers-too-many', peer, undefined, countOf(scan));
    }
    if (scan.unreadable) return refuse('header-malformed', peer, undefined, UNREADABLE);
    if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);
    if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);
    if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);
    const other = scan.foreign?.[0]?.field;
    if (!scan.claims) return other ? nobodies.resembling(other, judgement.peer) : nobody;

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
      const refused = refuse(fault.reason, peer, fault, detail);
      const isNamed = namesUsers && fault.reason === 'header-malformed';
      return isNamed ? { ...refused, userText: textOf(scan.lines[claimed.user.index]) } : refused;
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
      const isUser = field?.index === claimed.user.index;
      const detail = isUser ? 'the user is no email address' : dropped?.detail;
      return refuse('header-missing', peer, field, detail);
    }
    return { decision: { kind: 'authenticated', identity, source: judgement.source }, warnings };
  }
}

/** What stands in a header that may have one line only; undefined for nothing. */
function textOf(lines: FieldLines): string | undefined {
  return typeof lines === 'string' && trimOws(lines) !== '' ? trimOws(lines) : undefined;
}

function countOf({ lineCount }: HeaderScan): string {
  return `${lineCount} header lines`;
}
