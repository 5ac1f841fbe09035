import type { Attack, Flow } from '../cases/case.js';
import type { Outcome } from './judge.js';

/** What came of a case behind one proxy, at every application that it is for. */
export type Cell = ReadonlyMap<string, Outcome>;

/** A row for each case, a column for each proxy. */
export interface Section {
  readonly title: string;
  readonly rows: readonly {
    readonly one: Flow | Attack;
    readonly cells: readonly Cell[];
  }[];
}

/** Formats the matrix as Markdown: nothing in it depends on when and where it ran. */
export function formatMatrix(proxies: readonly string[], sections: readonly Section[]): string {
  return sections
    .flatMap(({ title, rows }) => [
      `## ${title}`,
      '',
      tableRow(['case', 'what it is', ...proxies]),
      tableRow(['---', '---', ...proxies.map(() => '---')]),
      ...rows.map(({ one, cells }) =>
        tableRow([`\`${one.id}\``, one.why, ...cells.map((cell) => describeCell(cell, one))]),
      ),
      '',
    ])
    .join('\n');
}

/**
 * Says what came of a case: once if all applications did the same, else with the names of those that did. What went wrong
 * is marked with ✗. An upload’s digest is left out.
 */
export function describeCell(cell: Cell, one: Flow | Attack): string {
  const appsByWord = new Map<string, string[]>();
  for (const [app, outcome] of cell) {
    const isRace = 'isRace' in one && outcome.isGood;
    const word = isRace ? 'harmless' : wordFor(outcome);
    appsByWord.set(word, [...(appsByWord.get(word) ?? []), app]);
  }
  const words = [...appsByWord];
  if (words.length === 1) return words[0]?.[0] ?? '';
  return words.map(([word, apps]) => `${word} (${apps.join(', ')})`).join('; ');
}

function wordFor({ seen, isGood }: Outcome): string {
  const word = seen.length > 60 ? 'as expected' : seen;
  return isGood ? word : `✗ ${seen}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
