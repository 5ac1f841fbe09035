import type { Explanation } from './explanation.js';
import { explanations } from './explanations.js';

/** Finds what a code means. Case, and white space around it, do not matter. */
export function explain(code: string): Explanation | undefined {
  const wanted = code.trim().toLowerCase();
  return explanations.find((one) => one.code.toLowerCase() === wanted);
}

/** Finds the code that a line of the application's log is about: by how such lines are written, or by the code in it. */
export function explainLogLine(line: string): Explanation | undefined {
  const byText = explanations.find(({ log = [] }) => log.some((part) => line.includes(part)));
  return byText ?? explain(line.match(DENIED)?.[1] ?? '');
}

const DENIED = /was denied: ([a-z-]+)/;
