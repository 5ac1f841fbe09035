import type { Decide } from './compile-decide.js';
import { refuse } from './outcome.js';

/** Makes deciding total. Facts that throw when they are read are no facts: nobody is believed on them. */
export function decideSafely(decide: Decide): Decide {
  return (facts, elsewhere) => {
    try {
      return decide(facts, elsewhere);
    } catch {
      return refuse('header-malformed', undefined, undefined, 'the facts cannot be read');
    }
  };
}
