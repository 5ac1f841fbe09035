import { setupOf } from '../authenticator/known-authenticators.js';
import { quietly } from '../authenticator/observer.js';
import type { Decision, Refused } from '../decision.js';
import type { Refusal } from '../problem/problem.js';
import type { AnonymousMode, AnonymousRule } from './adapter-options.js';
import { refusalOf } from './compile-guard.js';
import { compileOpen } from './compile-open.js';
import type { ResolvedAdapterOptions } from './resolve-adapter-options.js';
import { crossOriginFault, isUnsafe, isUpgrade, type RequestShape } from './same-origin.js';

/** Tells what keeps a request from what is behind an adapter: undefined lets it through. */
export type Admission<Request> = (
  decision: Decision,
  shape: RequestShape,
  request: Request,
) => Refusal | undefined;

/**
 * Compiles what an adapter makes of decisions, the same for all of them: `anonymous`, `open` and `sameOrigin`. Nothing of it
 * lets a refused request through (D1).
 *
 * Nobody on an open path is not asked where they come from: there is nothing of theirs that another site could use.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function compileAdmission<Request>({
  authenticator,
  anonymous,
  open,
  sameOrigin = 'upgrades',
  allowedOrigins = [],
}: ResolvedAdapterOptions<Request, unknown>): Admission<Request> {
  const isOpen = compileOpen(open);
  const allowed = new Set(allowedOrigins);

  return (decision, shape, request) => {
    if (decision?.kind === 'anonymous' && isOpen(shape.target)) return undefined;
    const mode = decision?.kind === 'anonymous' ? modeFor(anonymous, request) : 'refuse';
    return refusalOf(decision, mode) ?? refuseCrossOrigin(decision, shape);
  };

  function refuseCrossOrigin(decision: Decision, shape: RequestShape): Refused | undefined {
    if (sameOrigin === false || decision.kind === 'refused') return undefined;
    if (!isUpgrade(shape) && !(sameOrigin === 'unsafe' && isUnsafe(shape))) return undefined;
    const isTrusted = decision.kind === 'authenticated' || decision.trusted;
    const detail = crossOriginFault(shape, isTrusted, allowed);
    if (detail === undefined) return undefined;
    const refused = Object.freeze<Refused>({
      kind: 'refused',
      reason: 'cross-origin',
      ...(decision.kind === 'authenticated' &&
        decision.source.kind === 'address' && { peer: decision.source.address }),
      detail,
    });
    setupOf(authenticator)?.stopped(refused);
    return refused;
  }
}

/** Asks the application about nobody's request. Total: what is not `allow`, refuses. */
export function modeFor<Request>(rule: AnonymousRule<Request>, request: Request): AnonymousMode {
  if (typeof rule !== 'function') return rule === 'allow' ? 'allow' : 'refuse';
  let mode: AnonymousMode = 'refuse';
  quietly(() => {
    const told: unknown = rule(request);
    if (told === 'allow') mode = 'allow';
    return told;
  });
  return mode;
}
