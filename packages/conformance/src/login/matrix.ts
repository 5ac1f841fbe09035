import { checkMatrixRow, type Row } from '../matrix/check-matrix-row.js';
import { loginGroups } from './cases/index.js';
import type { LoginGroup } from './login-case.js';
import type { LoginTarget } from './login-target.js';

const HEAD: Row = ['', ...loginGroups.map(({ title }) => title)];

/** What a cell says where cases expect something else of a session that is only a cookie. */
const ONLY_COMPARED = 'by comparison';

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
  checkMatrixRow({ file, name: 'login', head: HEAD }, rowOf(target));
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
