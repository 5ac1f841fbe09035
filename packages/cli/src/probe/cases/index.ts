import type { ProbeCase } from './case.js';
import { FAMILY_CASES } from './family-cases.js';
import { ownLines } from './own-lines.js';
import { PATH_CASES } from './path-cases.js';
import { PLAIN_CASES } from './plain-cases.js';
import { PROTOCOL_CASES } from './protocol-cases.js';
import { SPELLING_CASES } from './spelling-cases.js';

/** Everything that is tried, in the order in which it is told. */
export const CASES: readonly ProbeCase[] = [
  ...PLAIN_CASES,
  ...SPELLING_CASES,
  ...PROTOCOL_CASES,
  ...PATH_CASES,
  ...FAMILY_CASES,
];

/** A case for a method that may change something, only where somebody asks for it. */
export function methodCase(method: string): ProbeCase {
  return {
    id: 'TH-P-METHOD',
    title: method,
    rule: 'A3',
    tier: 3,
    attempt: (scene) => ({ method, lines: [...ownLines(scene), 'Content-Length: 0'] }),
  };
}
