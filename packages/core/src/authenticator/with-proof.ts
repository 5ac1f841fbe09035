import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { ownValue } from '../config/own-value.js';
import type { RequestFacts } from '../decision.js';
import { checkName } from '../headers/check-name.js';
import { compileScanner } from '../headers/compile-scanner.js';
import { compileProofField } from '../headers/field.js';
import { withHidden } from '../headers/hidden-names.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import type { AsyncAuthenticator, Authenticator } from './authenticator.js';
import { isFromTest } from './is-from-test.js';
import { type AuthenticatorSetup, brandAuthenticator, setupOf } from './known-authenticators.js';
import { type Outcome, refuse, SIGNED_OUT } from './outcome.js';
import type { Proof, ProofQuestion, Verdict } from './proof.js';

/**
 * Makes an authenticator that believes a claim from a trusted source only with a proof that has to be asked for, and then believes
 * what the proof says: `withAssertion` of `@trusted-header/assertion`, `tailscaleWhois` of `@trusted-header/node`.
 *
 * Groups, name and email are the proof's, and no header's: whoever can connect from a trusted address, and has a proof of their
 * own, must not give themselves groups.
 *
 * @param authenticator Of `createAuthenticator`. It shares its list, its log and its observers with the one that comes back.
 * @throws {ConfigError} `option-invalid`
 */
export function withProof(authenticator: Authenticator, proof: Proof): AsyncAuthenticator {
  const setup = setupOf(authenticator);
  if (!setup || setup.prepare) throw notOurs(authenticator, setup);
  const issues = proof.headers.flatMap((header) => checkName(`${proof.name} header`, header));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  const resolve = compileResolve(setup, proof);
  const outcomes = new WeakMap<RequestFacts, Outcome>();
  const awaited = new WeakMap<RequestFacts, Promise<void>>();

  const proving = Object.freeze<AsyncAuthenticator>({
    async authenticate(facts) {
      const outcome = await resolve(facts);
      setup.tell(outcome, { request: undefined, routeOf: undefined });
      return outcome.decision;
    },
    isIdentityHeader: withHidden(
      authenticator.isIdentityHeader,
      proof.headers.map((header) => header.toLowerCase()),
    ),
    setTrustedProxies: authenticator.setTrustedProxies,
    setProofs: authenticator.setProofs,
  });
  brandAuthenticator(proving, {
    ...setup,
    headerNames: [...setup.headerNames, ...proof.headers.map((header) => header.toLowerCase())],
    prepare(facts) {
      if (outcomes.has(facts)) return undefined;
      const earlier = awaited.get(facts);
      if (earlier) return earlier;
      const outcome = resolve(facts);
      if (!(outcome instanceof Promise)) {
        outcomes.set(facts, outcome);
        return undefined;
      }
      const pending = outcome.then((later) => void outcomes.set(facts, later));
      awaited.set(facts, pending);
      return pending;
    },
    decide: (facts) => outcomes.get(facts) ?? unasked(proof),
  });
  return proving;
}

type Resolve = (facts: RequestFacts) => Outcome | Promise<Outcome>;

function compileResolve(setup: AuthenticatorSetup, proof: Proof): Resolve {
  const { unavailable = 'proof-unavailable' } = proof;
  const fields = proof.headers.map((header, i) => compileProofField(i, 'assertion', header));
  const scanner = compileScanner(fields);
  const nobody = setup.nobodyWithout(proof.headers.join(' or '));

  return (facts) => {
    const found = safely(() => begin(facts)) ?? refuse(unavailable, undefined);
    return 'question' in found ? ask(found) : found;
  };

  /** Judges all that can be judged at once. Gives what to ask where something is left. */
  function begin(facts: RequestFacts): Outcome | Pending {
    const scan = scanner.scan(facts.rawHeaders);
    const before = setup.decide(facts, scan.claims);
    const { decision, source } = before;
    if (!source || decision.kind === 'refused') return before;
    const peer = source.kind === 'address' ? source.address : `unix:${source.path}`;
    const fault = faultOf(scan, peer);
    if (fault) return fault;
    const field = fields.find(({ index }) => scan.lines[index] !== undefined);
    const line = field && scan.lines[field.index];
    const value = typeof line === 'string' ? trimOws(line) || undefined : undefined;
    const identity = decision.kind === 'authenticated' ? decision.identity : undefined;
    const isNobody = value === undefined && identity === undefined;
    if (isFromTest(facts)) return setup.decide(facts);
    if (isNobody && proof.asks === 'claims') {
      const isTold = before.decision === SIGNED_OUT.decision || before.looksLike !== undefined;
      return isTold ? before : nobody(source, peer);
    }
    return { question: { facts, header: field?.header, value, identity }, before, peer };
  }

  /** The headers of a proof are one value: two of them, or two lines of one, cannot be read one way only. */
  function faultOf(scan: HeaderScan, peer: string): Outcome | undefined {
    if (scan.alias) return refuse('header-ambiguous', peer, scan.alias);
    if (scan.hopByHop) return refuse('header-hop-by-hop', peer, scan.hopByHop);
    if (scan.repeated) return refuse('header-repeated', peer, scan.repeated);
    const [, second] = fields.filter(({ index }) => scan.lines[index] !== undefined);
    return second && refuse('header-repeated', peer, second, 'under two names');
  }

  async function ask(pending: Pending): Promise<Outcome> {
    let verdict: Verdict | undefined;
    try {
      verdict = await proof.prove(pending.question);
    } catch {
      // It has no answer.
    }
    return safely(() => conclude(pending, verdict)) ?? refuse(unavailable, pending.peer);
  }

  function conclude({ question, before, peer }: Pending, verdict: Verdict | undefined): Outcome {
    const { facts, identity, value } = question;
    const from = question.header ?? headerOf(proof);
    // Once more: the list may have changed while the answer was waited for.
    const now = setup.decide(facts, value !== undefined);
    if (!now.source || now.decision.kind === 'refused') return now;
    switch (verdict?.kind) {
      case 'refused':
        return refuse(verdict.reason, peer, { header: from }, verdict.detail);
      case 'anonymous':
        return identity ? refuse('proof-missing', peer, { header: from }) : before;
      case 'proven':
        break;
      default:
        return refuse(unavailable, peer, { header: from });
    }
    const accepted = setup.accept(verdict.identity, from, now.source);
    if (!('decision' in accepted)) {
      const { missing, detail } = accepted;
      const reason = missing ? 'header-missing' : (proof.unusable ?? 'proof-invalid');
      return refuse(reason, peer, { header: from }, detail);
    }
    const user =
      accepted.decision.kind === 'authenticated' ? accepted.decision.identity.user : undefined;
    // Two users, or a provider's nobody beside somebody: nobody can tell which is meant.
    const named = identity?.user ?? (before.decision === SIGNED_OUT.decision ? '' : user);
    if (ownValue(verdict, 'replaces') === true || named === user) {
      const { profile } = before;
      return profile === undefined ? accepted : { ...accepted, profile };
    }
    return refuse(proof.mismatch ?? 'proof-invalid', peer, { header: from }, MISMATCH);
  }
}

const MISMATCH = 'the identity headers name another user';

/** A question, and what is known beside it. */
interface Pending {
  readonly question: ProofQuestion;
  readonly before: Outcome;
  readonly peer: string;
}

/** What a refusal calls a proof that did not come: its header, which a proxy can be told to send. */
function headerOf({ headers: [header], name }: Proof): string {
  return header ?? name;
}

function unasked(proof: Proof): Outcome {
  const { unavailable = 'proof-unavailable' } = proof;
  return refuse(
    unavailable,
    undefined,
    { header: headerOf(proof) },
    'nobody has waited for the proof',
  );
}

function safely<Found>(find: () => Found): Found | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}

function notOurs(authenticator: unknown, setup: AuthenticatorSetup | undefined): ConfigError {
  const [problem, instead] = setup
    ? (['has a proof already', 'give it the one of createAuthenticator'] as const)
    : (['is no authenticator', 'write createAuthenticator({ … })'] as const);
  return new ConfigError('option-invalid', [
    configIssue('authenticator', authenticator, problem, instead),
  ]);
}
