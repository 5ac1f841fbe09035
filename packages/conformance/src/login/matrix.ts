import { readFileSync, writeFileSync } from 'node:fs';
import { loginGroups } from './cases/index.js';
import type { LoginGroup } from './login-case.js';
import type { LoginTarget } from './login-target.js';

const HEAD = ['', ...loginGroups.map(({ title }) => title)];

/** What a cell says where cases expect something else of a session that is only a cookie. */
const ONLY_COMPARED = 'by comparison';

const MATRIX = /(<!-- login matrix -->\n)([\s\S]*?)(<!-- end -->)/;

/**
 * Checks that a matrix in a Markdown file has the row of a target as it is, between `<!-- login matrix -->` and `<!-- end -->`. With
 * WRITE_LOGIN_MATRIX=1 it is written there; one test at a time, then (`jest -i`).
 */
export function checkLoginMatrix(file: URL, target: LoginTarget): void {
  const text = readFileSync(file, 'utf8');
  const [, before = '', table, after = ''] = MATRIX.exec(text) ?? [];
  if (table === undefined) throw new Error(`${file.pathname} has no <!-- login matrix -->`);
  const row = matrixRow(target);
  const [, , ...rows] = table.trim().split('\n');
  if (table.startsWith(`${matrixHead()}\n`) && rows.includes(row)) return;
  if (process.env.WRITE_LOGIN_MATRIX !== '1') {
    throw new Error(`the matrix is another; WRITE_LOGIN_MATRIX=1 writes it\n  expected: ${row}`);
  }
  const others = rows.filter((other) => nameIn(other) !== target.name);
  const all = [...others, row].sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : 1));
  const written = [matrixHead(), ...all].join('\n');
  writeFileSync(
    file,
    text.replace(MATRIX, () => `${before}${written}\n${after}`),
  );
}

/**
 * Gives a target's row of the matrix library × check, as Markdown. A check that holds without reserve is `yes`; `by comparison` is
 * one where the library itself forgets nothing, so that all protection is in comparing each request.
 */
function matrixRow({ name, stateless = false }: LoginTarget): string {
  const cells = loginGroups.map((group) =>
    stateless && dependsOnStore(group) ? ONLY_COMPARED : 'yes',
  );
  return line([name, ...cells]);
}

/** Gives the two lines above the rows. */
function matrixHead(): string {
  return `${line(HEAD)}\n${line(HEAD.map((_, column) => '-'.repeat(widthOf(column))))}`;
}

function dependsOnStore({ cases }: LoginGroup): boolean {
  return cases.some(({ steps }) => steps.flat().some(({ stateless }) => stateless !== undefined));
}

function nameIn(row: string): string {
  return row.split('|')[1]?.trim() ?? '';
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell, column) => cell.padEnd(widthOf(column))).join(' | ')} |`;
}

/** The names are of many packages: a width that does for all. */
function widthOf(column: number): number {
  return column === 0 ? 34 : Math.max(HEAD[column]?.length ?? 0, ONLY_COMPARED.length);
}
