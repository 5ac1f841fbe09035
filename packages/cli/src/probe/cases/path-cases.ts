import type { ProbeCase } from './case.js';
import { ownLines } from './own-lines.js';

/** The same place under another name: a proxy may judge by one name, and the application answer by the other. */
export const PATH_CASES: readonly ProbeCase[] = [
  path('TH-P-PATH-ENCODED', 'a letter of the path encoded (/%70ublic)', encodeFirst),
  path('TH-P-PATH-DOTS', 'a dot segment in the path (/x/../public)', (p) => `/th-probe/..${p}`),
  path('TH-P-PATH-SLASHES', 'two slashes (//public)', (p) => `/${p}`),
];

function path(id: ProbeCase['id'], title: string, spell: (path: string) => string): ProbeCase {
  return {
    id,
    title,
    rule: 'D6',
    tier: 2,
    attempt: (scene) => ({ target: spell(scene.path), lines: ownLines(scene) }),
  };
}

function encodeFirst(p: string): string {
  const first = p[1];
  if (first === undefined || !/[\w.]/.test(first)) return `/%2e${p}`;
  return `/%${first.charCodeAt(0).toString(16)}${p.slice(2)}`;
}
