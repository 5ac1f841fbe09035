import { colors } from '../colors.js';
import type { CheckResult } from './run-check.js';

const COLUMNS = ['app', 'step', 'expected', 'seen', 'verdict'] as const;

/** Makes a table of the results, and one line that sums them up. In colour on terminals only. */
export function formatResults(results: readonly CheckResult[]): string {
  const widths = COLUMNS.map((column) =>
    Math.max(column.length, ...results.map((result) => result[column].length)),
  );
  const row = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    colors.bold(row(COLUMNS)),
    ...results.map((result) => paint(result, row(COLUMNS.map((column) => result[column])))),
    '',
    summaryOf(results),
  ].join('\n');
}

function paint({ verdict }: CheckResult, line: string): string {
  switch (verdict) {
    case 'ok':
      return line;
    case 'FAILED':
      return colors.red(line);
    case 'skipped':
      return colors.yellow(line);
  }
}

function summaryOf(results: readonly CheckResult[]): string {
  const count = (verdict: CheckResult['verdict']): number =>
    results.filter((result) => result.verdict === verdict).length;
  const counts = `${count('ok')} ok, ${count('FAILED')} failed, ${count('skipped')} skipped`;
  return count('FAILED') > 0 ? colors.red(counts) : colors.green(counts);
}
