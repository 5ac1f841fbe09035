import type {
  Decision,
  DecisionWarning,
  Identity,
  RefusalReason,
  RequestFacts,
} from '../decision.js';
import { compileFields, type Field } from '../headers/compile-fields.js';
import { withHidden } from '../headers/hidden-names.js';
import { compileScanner } from '../headers/scan-headers.js';
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

/** More header lines than this, and a claim among them is not believed (H11). */
const MANY_LINES = 500;

/** Node drops what comes after the 1 000th header line, so that a claim may have been among them (H11). */
const CUT_OFF_LINES = 1000;

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
  const fields = compileFields(options.profile ?? authelia);
  checkRequired(options.required ?? [], fields.others);
  const scanner = compileScanner(fields.all);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const required = fields.others.filter(({ kind }) =>
    options.required?.some((value) => value === kind),
  );
  const ignoresUntrusted = options.untrusted === 'ignore';
  const observe = createObserver(options);
  let trust = compileTrust(options.trustedProxies);
  let judge = compileJudge(trust);

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
    const { decision, warnings } = decideSafely(facts);
    observe(decision, warnings);
    return decision;
  }

  /** Facts that throw when they are read are no facts: nobody is believed on them. */
  function decideSafely(facts: RequestFacts): Outcome {
    try {
      return decide(facts);
    } catch {
      return outcome({ kind: 'refused', reason: 'header-malformed' });
    }
  }

  function decide(facts: RequestFacts): Outcome {
    const judgement = judge(facts);
    const { peer } = judgement;
    const scan = scanner.scan(facts.rawHeaders);
    const isCutOff = facts.truncated === true || scan.lineCount >= CUT_OFF_LINES;

    if (judgement.fault) {
      if (ignoresUntrusted || !(scan.claims || isCutOff)) return ANONYMOUS_UNTRUSTED;
      if (!scan.claims) return refuse('headers-too-many', peer);
      return refuse(judgement.fault, peer, undefined, judgement.detail);
    }
    if (isCutOff || (scan.claims && scan.lineCount > MANY_LINES)) {
      return refuse('headers-too-many', peer);
    }
    if (scan.unreadable) return refuse('header-malformed', peer);
    if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);
    if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);
    if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);
    if (!scan.claims) return ANONYMOUS_TRUSTED;

    const reading = readIdentity(fields, scan, limits);
    if (reading.fault) return refuse(reading.fault.reason, peer, reading.fault);
    const { identity, warnings } = reading;
    for (const field of required) {
      if (isMissing(identity, field.kind)) return refuse('header-missing', peer, field);
    }
    return { decision: { kind: 'authenticated', identity, source: judgement.source }, warnings };
  }
}

/** A decision, and what is to be told with it. */
interface Outcome {
  readonly decision: Decision;
  readonly warnings: readonly DecisionWarning[];
}

// Requests share these, so that nobody may change them.
const ANONYMOUS_TRUSTED = outcome(Object.freeze({ kind: 'anonymous', trusted: true }));
const ANONYMOUS_UNTRUSTED = outcome(Object.freeze({ kind: 'anonymous', trusted: false }));

function outcome(decision: Decision): Outcome {
  return { decision, warnings: NO_WARNINGS };
}

function refuse(
  reason: RefusalReason,
  peer: string | undefined,
  field?: { readonly header: string },
  detail?: string,
): Outcome {
  return outcome({
    kind: 'refused',
    reason,
    ...(field && { header: field.header }),
    ...(peer !== undefined && { peer }),
    ...(detail !== undefined && { detail }),
  });
}

function isMissing(identity: Identity, kind: Field['kind']): boolean {
  return (kind === 'groups' || kind === 'name' || kind === 'email') && identity[kind] === undefined;
}
