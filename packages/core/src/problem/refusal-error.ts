import type { Problem, Refusal } from './problem.js';
import { problemOf } from './problem-of.js';

/**
 * A refusal as an application is told of it that answers by itself (`onRefusal`): an error, which error handlers take as it is,
 * with the problem (D2) on it. Holds no address, header value or configuration, and no stack, since it is nobody's mistake.
 */
export interface RefusalError extends Error, Problem {
  /**
   * `anonymous`: nobody is asking. `refused`: a claim is not believed. `denied`: a user who may not. `unavailable`: nobody can say
   * who the user is, for now.
   */
  readonly kind: Refusal['kind'];
}

/** Makes what an application is told of a refusal. As JSON it is the problem, and `kind`. */
export function refusalError(refusal: Refusal): RefusalError {
  const problem = problemOf(refusal);
  const error = new Error(`${problem.title}: ${problem.code}`);
  error.name = 'RefusalError';
  error.stack = `${error.name}: ${error.message}`;
  Object.defineProperty(error, 'name', { enumerable: false });
  return Object.assign(error, problem, { kind: kindOf(refusal) });
}

/** What is no refusal of ours is answered as one all the same (D5). */
function kindOf(refusal: Refusal): Refusal['kind'] {
  return refusal?.kind ?? 'refused';
}
