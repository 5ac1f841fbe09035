import type { RequestFacts } from '../decision.js';

/** A test in this process has said that the request comes from the proxy: it stands for the proxy's proofs as well. */
export function isFromTest(facts: RequestFacts): boolean {
  return Object.hasOwn(facts, 'fromTest') && facts.fromTest === true;
}
