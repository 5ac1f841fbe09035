import type { Row } from './truth-table.js';

const HEAD = ['', 'stored', 'the proxy names', 'and', 'action', 'why'];

/** Prints the truth table as Markdown, in columns that can be read as text as well. */
export function printTable(rows: readonly Row[]): string {
  const cells = rows.map(([stored, decision, options, action, why], i) =>
    [`${i + 1}`, stored, decision, options, `\`${action}\``, why].map(inCode),
  );
  const all = [HEAD, ...cells];
  const widths = HEAD.map((_, column) =>
    Math.max(3, ...all.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(HEAD), rule, ...cells.map(line)].join('\n');
}

/** What Markdown would take for bold. */
function inCode(cell: string): string {
  return cell.replace(/__\w+__/g, '`$&`');
}
