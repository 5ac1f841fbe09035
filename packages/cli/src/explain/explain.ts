import type { Explanation } from './explanation.js';
import { explanations } from './explanations.js';

/** Finds what a code means. The code is compared as it is, but for case and white space around it. */
export function explain(code: string): Explanation | undefined {
  const wanted = code.trim().toLowerCase();
  return explanations.find((one) => one.code === wanted);
}
