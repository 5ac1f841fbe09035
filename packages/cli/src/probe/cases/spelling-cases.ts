import type { ProbeCase } from './case.js';
import { ownLines, separatedBy } from './own-lines.js';

/** A claim in a form that a proxy and an application may read differently. */
export const SPELLING_CASES: readonly ProbeCase[] = [
  {
    id: 'TH-P-UNDERSCORE',
    title: 'names with underscores (Remote_User)',
    rule: 'H3',
    tier: 1,
    attempt: (scene) => ({ lines: ownLines(scene, separatedBy('_')) }),
  },
  {
    id: 'TH-P-DOT',
    title: 'names with dots (Remote.User)',
    rule: 'H3',
    tier: 1,
    attempt: (scene) => ({ lines: ownLines(scene, separatedBy('.')) }),
  },
  {
    id: 'TH-P-CONNECTION',
    title: 'Connection names the proxy’s own headers, for the next hop to delete',
    rule: 'H3, RFC 9110 section 7.6.1',
    tier: 1,
    attempt: ({ names }) => ({
      lines: [`Connection: close, ${Object.values(names).join(', ')}`],
    }),
  },
  {
    id: 'TH-P-LETTER-CASE',
    title: 'names in another letter case (rEMOTE-uSER)',
    rule: 'H3, RFC 9110 section 5.1',
    tier: 2,
    attempt: (scene) => ({ lines: ownLines(scene, swapCase) }),
  },
  {
    id: 'TH-P-SPACE-COLON',
    title: 'a space before the colon',
    rule: 'H1, RFC 9112 section 5.1',
    tier: 2,
    attempt: (scene) => ({ lines: ownLines(scene, (name) => `${name} `) }),
  },
  {
    id: 'TH-P-OBS-FOLD',
    title: 'a line that goes on in the next one',
    rule: 'H1, RFC 9112 section 5.2',
    tier: 2,
    attempt: (scene) => ({
      lines: ownLines(scene).map((line) => line.replace(': ', ':\r\n ')),
    }),
  },
];

function swapCase(name: string): string {
  return name.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
