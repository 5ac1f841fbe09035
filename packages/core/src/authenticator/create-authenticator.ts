import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { ownValue } from '../config/own-value.js';
import type { Decision, RequestFacts } from '../decision.js';
import { compileScanner } from '../headers/compile-scanner.js';
import { withHidden } from '../headers/hidden-names.js';
import { DEFAULT_LIMITS } from '../identity/limits.js';
import type { TrustEntry } from '../trust/parse-trusted-proxies.js';
import type { Trust } from '../trust/trust.js';
import { compileAccept } from './accept-proven.js';
import type { Authenticator, AuthenticatorOptions } from './authenticator.js';
import { checkOptions, checkRequired } from './check-options.js';
import { compileDecide } from './compile-decide.js';
import { compileProofs } from './compile-proofs.js';
import { decideSafely } from './decide-safely.js';
import { createJudgeInForce } from './judge-in-force.js';
import { compileJudge } from './judge-source.js';
import { brandAuthenticator } from './known-authenticators.js';
import { createLiveTrust } from './live-trust.js';
import { createNobodies } from './nobodies.js';
import { compileNotify } from './notify.js';
import { createObserver } from './observer.js';
import { outcome } from './outcome.js';
import { foreignUsers, profileIdOf, resolveProfiles } from './resolve-profiles.js';
import { switchLine } from './resolve-trust.js';
import { unwiseLines } from './unwise-lines.js';

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
  // A list of its own: who changes the one that was given changes no rule.
  const required = [...(options.required ?? [])];
  for (const { others } of profiles) checkRequired(required, others);
  const fields = profiles.flatMap(({ all }) => all);
  const proofs = compileProofs(options, fields);
  const scanner = compileScanner(
    proofs ? [...fields, ...proofs.fields] : fields,
    options.otherProfiles === 'ignore' ? [] : foreignUsers(),
  );
  const hidden = [...profiles, ...(proofs ? [proofs] : [])].flatMap((each) => each.hidden);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const observer = createObserver(options);
  const nobodies = createNobodies(fields, observer);
  const notify = compileNotify(options);
  const isOptional = options.optional === true;
  let trust: Trust | undefined;
  const judge = createJudgeInForce();
  let wasOn = true;
  let unwise: readonly string[] = [];
  const live = createLiveTrust(ownValue(options, 'trustedProxies'), isOptional, (inForce) => {
    trust = inForce.trust;
    judge.set(trust && compileJudge(trust, inForce.lack));
    const isOn = trust !== undefined;
    if (wasOn !== isOn) notify(switchLine(trust));
    wasOn = isOn;
    // A provider's ranges are no danger together with a proof.
    const told = inForce.entries.filter(({ live }) => !(proofs && live?.kind === 'https'));
    if (isOn) tellUnwise(told);
  });
  const decide = decideSafely(
    compileDecide({
      options,
      profiles,
      scanner,
      proofs,
      limits,
      required,
      nobodies,
      judge: judge.get,
      missed: live.missed,
    }),
  );

  const authenticator = Object.freeze<Authenticator>({
    authenticate,
    isIdentityHeader: withHidden(scanner.isIdentityHeader, hidden),
    setTrustedProxies: live.set,
    setProofs(changes) {
      if (!proofs) throw noProofs();
      proofs.change(changes);
    },
  });
  brandAuthenticator(authenticator, {
    profileId: profileIdOf(options.profile),
    reads: fields.map(({ header }) => header),
    headerNames: [
      ...[...fields, ...(proofs?.fields ?? [])].map(({ lower }) => lower),
      ...hidden.filter((name) => !name.endsWith('*')),
    ],
    trusts: (peer) => trust?.has(peer) === true,
    isOff: () => trust === undefined,
    live: live.lists,
    readsCertificate:
      options.clientCertificate !== undefined && options.clientCertificate.forwarded === undefined,
    notify,
    decide,
    nobodyWithout: (proof) => createNobodies(fields, observer, proof).from,
    accept: compileAccept({ limits, required, profiles }),
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
    const outcome = decide(facts);
    observer.decided(outcome);
    return outcome.decision;
  }
}

function noProofs(): ConfigError {
  return new ConfigError('option-invalid', [
    configIssue(
      'proofs',
      undefined,
      'were not asked for at start',
      'give sharedSecret or clientCertificate to createAuthenticator',
    ),
  ]);
}
