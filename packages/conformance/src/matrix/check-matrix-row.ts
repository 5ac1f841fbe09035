import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

/** The cells of a row; the first one is what the row is about. */
export type Row = readonly string[];

/** A table between `<!-- name matrix -->` and `<!-- end -->` in a Markdown file, one row of which each of several tests writes. */
export interface Matrix {
  readonly file: URL;
  readonly name: string;
  readonly head: Row;
}

/**
 * Checks that a matrix has a row, as it is. With WRITE_…_MATRIX=1 (`WRITE_LOGIN_MATRIX=1`) it is written there; one test at a time,
 * then (`jest -i`).
 *
 * @throws where the row is missing, or another.
 */
export function checkMatrixRow({ file, name, head }: Matrix, row: Row): void {
  const pattern = new RegExp(`(<!-- ${name} matrix -->\\n)([\\s\\S]*?)(<!-- end -->)`);
  const text = readFileSync(file, 'utf8');
  const [, before = '', table, after = ''] = pattern.exec(text) ?? [];
  if (table === undefined) throw new Error(`${file.pathname} has no <!-- ${name} matrix -->`);
  const [itsHead = [], , ...rows] = table.split('\n').filter(Boolean).map(cellsOf);
  const isThere = rows.some((each) => isDeepStrictEqual(each, row));
  if (isThere && isDeepStrictEqual(itsHead, head)) return;
  const variable = `WRITE_${name.toUpperCase()}_MATRIX`;
  if (process.env[variable] !== '1') {
    throw new Error(`the matrix has not this row; ${variable}=1 writes it:\n${row}`);
  }
  const others = rows.filter(([title]) => title !== row[0]);
  const sorted = [...others, row].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const written = `${before}${print([head, ...sorted])}\n${after}`;
  writeFileSync(
    file,
    text.replace(pattern, () => written),
  );
}

function cellsOf(line: string): Row {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function print([head = [], ...rows]: readonly Row[]): string {
  const widths = head.map((title, column) =>
    Math.max(3, title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: Row): string =>
    `| ${widths.map((width, column) => (row[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
