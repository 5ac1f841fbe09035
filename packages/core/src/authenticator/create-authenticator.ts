import type {
  Anonymous,
  Decision,
  DecisionWarning,
  Identity,
  RefusalReason,
  Refused,
  RequestFacts,
  TrustedSource,
} from '../decision.js';
import { compileFields, type Field } from '../headers/compile-fields.js';
import { withHidden } from '../headers/hidden-names.js';
import { compileScanner, type HeaderScan } from '../headers/scan-headers.js';
import { DEFAULT_LIMITS } from '../identity/limits.js';
import { readIdentity } from '../identity/read-identity.js';
import { authelia } from '../profiles/authelia.js';
import { compileTrust } from '../trust/compile-trust.js';
import type { Authenticator, AuthenticatorOptions } from './authenticator.js';
import { checkOptions, checkRequired } from './check-options.js';
import { compileJudge } from './judge-source.js';
import { brandAuthenticator } from './known-authenticators.js';
import { compileNotify } from './notify.js';
import { createObserver } from './observer.js';
import { type Watcher, watch } from './watchers.js';

/** More header lines than this, and a claim among them is not believed (H11). */
const MANY_LINES = 500;

/** Node drops what comes after the 1 000th header line, so that a claim may have been among them (H11). */
const CUT_OFF_LINES = 1000;

const UNREADABLE = 'rawHeaders is no list of names and values';

const NO_WARNINGS: readonly DecisionWarning[] = [];

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
  const fields = compileFields(options.profile ?? authelia);
  checkRequired(options.required ?? [], fields.others);
  const scanner = compileScanner(fields.all);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const required = fields.others.filter(({ kind }) =>
    options.required?.some((value) => value === kind),
  );
  const ignoresUntrusted = options.untrusted === 'ignore';
  const observer = createObserver(options);
  const groupsHeader = fields.others.find(({ kind }) => kind === 'groups')?.header;
  let trust = compileTrust(options.trustedProxies);
  let judge = compileJudge(trust);
  // What is anonymous from each source, and the last one of them: sources are few.
  const nobodies = new WeakMap<TrustedSource, Outcome>();
  let lastSource: TrustedSource | undefined;
  let nobody = ANONYMOUS_UNTRUSTED;

  const authenticator = Object.freeze<Authenticator>({
    authenticate,
    isIdentityHeader: withHidden(scanner.isIdentityHeader, fields.hidden),
    setTrustedProxies(trustedProxies) {
      trust = compileTrust(trustedProxies);
      judge = compileJudge(trust);
    },
  });
  brandAuthenticator(authenticator, {
    trusts: (peer) => trust.has(peer),
    notify: compileNotify(options),
  });
  return authenticator;

  function authenticate(facts: RequestFacts): Decision {
    const { decision, warnings, ignored } = decideSafely(facts);
    observer.decided(decision, warnings, ignored);
    return decision;
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
    if (!scan.claims) return nobody;

    const reading = readIdentity(fields, scan, limits, facts.joined === true);
    const { fault } = reading;
    if (fault) return refuse(fault.reason, peer, fault, fault.detail);
    const { identity, warnings } = reading;
    for (const field of required) {
      if (!isMissing(identity, field.kind)) continue;
      const dropped = warnings.find(({ header }) => header === field.header);
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
    const watcher: Watcher = {
      groupsHeader,
      denied: observer.denied,
      unclaimed: (decision) => observer.unclaimed(decision, peer, fields.user.header),
    };
    watch(source, watcher);
    watch(nobody.decision, watcher);
  }
}

/** A decision, and what is to be told with it. */
interface Outcome {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
  readonly ignored?: Refused;
}

// Requests share it, so that nobody may change it.
const NOBODY: Anonymous = Object.freeze({ kind: 'anonymous', trusted: false });
const ANONYMOUS_UNTRUSTED = outcome(NOBODY);

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

function isMissing(identity: Identity, kind: Field['kind']): boolean {
  return (kind === 'groups' || kind === 'name' || kind === 'email') && identity[kind] === undefined;
}
