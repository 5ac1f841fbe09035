import { setupOf } from '../authenticator/known-authenticators.js';
import type { Authenticated, Decision, Refused } from '../decision.js';
import type { Refusal } from '../problem/problem.js';
import { compileAnonymous } from './compile-anonymous.js';
import { tellRefusal, untoldRefusalOf } from './compile-guard.js';
import { compileOpen, keepOpen } from './compile-open.js';
import { tellUntold } from './keep-untold.js';
import { aboutOf, stateOf } from './request-states.js';
import type { ResolvedAdapterOptions } from './resolve-adapter-options.js';
import { crossOriginFault, isUnsafe, isUpgrade, type RequestShape } from './same-origin.js';

/**
 * Tells what keeps a request from what is behind an adapter: undefined lets it through.
 *
 * @param holder Where the decision is kept, for observers; what is refused here is kept there for guards.
 * @param telling `untold`, where somebody else may answer: then the log hears of a 401 only by {@link tellRefusal}.
 */
export type Admission<Request = never> = (
  decision: Decision,
  shape: RequestShape,
  request: Request | undefined,
  holder?: object,
  telling?: 'untold',
) => Refusal | undefined;

/**
 * Compiles what an adapter makes of decisions, the same for all of them: `anonymous`, `open` and `sameOrigin`. Nothing of it
 * lets a refused request through (D1).
 *
 * Only a request with an identity is asked where it comes from: with nobody's, another site can do nothing that it could not
 * do by itself.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function compileAdmission<Request = never>(
  options: ResolvedAdapterOptions<Request>,
): Admission<Request> {
  const { authenticator, sameOrigin = 'upgrades', allowedOrigins = [] } = options;
  const modeFor = compileAnonymous(options);
  const isOpen = options.open && compileOpen(options.open);
  const allowed = new Set(allowedOrigins);

  return (decision, shape, request, holder, telling) => {
    if (isOpen) keepOpen(shape, isOpen);
    const mode = decision?.kind === 'anonymous' ? modeFor(shape, request) : 'refuse';
    const refusal = untoldRefusalOf(decision, mode);
    if (refusal && telling !== 'untold') tellRefusal(refusal, holder);
    if (refusal || decision.kind !== 'authenticated') return refusal;
    return isAsked(shape) ? refuseCrossOrigin(decision, shape, holder) : undefined;
  };

  function isAsked(shape: RequestShape): boolean {
    if (sameOrigin === false) return false;
    return isUpgrade(shape) || (sameOrigin === 'unsafe' && isUnsafe(shape));
  }

  function refuseCrossOrigin(
    { source }: Authenticated,
    { rawHeaders }: RequestShape,
    holder: object | undefined,
  ): Refused | undefined {
    const detail = crossOriginFault(rawHeaders, allowed);
    if (detail === undefined) return undefined;
    const refused = Object.freeze<Refused>({
      kind: 'refused',
      reason: 'cross-origin',
      ...(source.kind === 'address' && { peer: source.address }),
      detail,
    });
    // In this order: it was decided, and stopped then.
    if (holder) {
      const state = stateOf(holder);
      tellUntold(state);
      // Whatever goes on by mistake, guards find what came of it.
      state.decision = refused;
    }
    setupOf(authenticator)?.stopped(refused, aboutOf(holder));
    return refused;
  }
}
