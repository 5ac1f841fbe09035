import { explanations } from './explanations.js';

/** How many changes of a letter make a code another one. */
const NEAR = 3;

/** Names the codes that somebody may have meant: those that are nearly written so, and those that hold one of its words. */
export function nearCodes(text: string): readonly string[] {
  const wanted = text.trim().toLowerCase().slice(0, LONGEST);
  const words = wanted.split(/[^a-z]+/).filter((word) => word.length > 3);
  const codes = explanations.map(({ code }): string => code);
  const near = codes.filter((code) => distance(wanted, code.toLowerCase()) <= NEAR);
  return near.length > 0
    ? near
    : codes.filter((code) => words.some((word) => code.toLowerCase().includes(word)));
}

const LONGEST = 64;

/** The Levenshtein distance. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
