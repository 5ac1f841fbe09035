import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { loginGroups } from './cases/index.js';
import type { LoginGroup } from './login-case.js';
import type { LoginTarget } from './login-target.js';

type Row = readonly string[];

const HEAD: Row = ['', ...loginGroups.map(({ title }) => title)];

/** What a cell says where cases expect something else of a session that is only a cookie. */
const ONLY_COMPARED = 'by comparison';

const MATRIX = /(<!-- login matrix -->\n)([\s\S]*?)(<!-- end -->)/;

/**
 * Checks that a Markdown file has the row of a target, as it is, in the matrix library × check between `<!-- login matrix -->` and
 * `<!-- end -->`. With WRITE_LOGIN_MATRIX=1 it is written there; one test at a time, then (`jest -i`).
 *
 * A check that holds without reserve is `yes`. `by comparison` is one where the library itself forgets nothing, so that all
 * protection is in comparing each request.
 *
 * @throws where the row is missing, or another.
 */
export function checkLoginMatrix(file: URL, target: LoginTarget): void {
  const text = readFileSync(file, 'utf8');
  const [, before = '', table, after = ''] = MATRIX.exec(text) ?? [];
  if (table === undefined) throw new Error(`${file.pathname} has no <!-- login matrix -->`);
  const [head = [], , ...rows] = table.split('\n').filter(Boolean).map(cellsOf);
  const row = rowOf(target);
  const isThere = rows.some((each) => isDeepStrictEqual(each, row));
  if (isThere && isDeepStrictEqual(head, HEAD)) return;
  if (process.env.WRITE_LOGIN_MATRIX !== '1') {
    throw new Error(`the matrix has not this row; WRITE_LOGIN_MATRIX=1 writes it:\n${row}`);
  }
  const others = rows.filter(([name]) => name !== target.name);
  const sorted = [...others, row].sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
  const written = `${before}${print([HEAD, ...sorted])}\n${after}`;
  writeFileSync(
    file,
    text.replace(MATRIX, () => written),
  );
}

function rowOf({ name, stateless = false }: LoginTarget): Row {
  const cells = loginGroups.map((group) =>
    stateless && dependsOnStore(group) ? ONLY_COMPARED : 'yes',
  );
  return [name, ...cells];
}

function dependsOnStore({ cases }: LoginGroup): boolean {
  return cases.some(({ steps }) => steps.flat().some(({ stateless }) => stateless !== undefined));
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
