// Tries the small changes of those lines only that differ from another commit: what a pull request has touched. Says which
// lines there was no time for.
// usage: changed.mjs [commit] [--minutes 20]
import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../workspace.mjs';
import { changedLines, takeLines } from './changed-lines.mjs';
import { MUTATED } from './packages.mjs';

/** About one change a line, and one a second of each of two processors. */
const LINES_A_MINUTE = 60;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { minutes: { type: 'string', default: '20' } },
});
const [base = 'origin/main'] = positionals;
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes: ${JSON.stringify(values.minutes)} is no number; write one such as 20`);
  process.exit(2);
}

const sources = MUTATED.map((name) => `packages/${name}/src/*.ts`);
const diff = ['diff', '--unified=0', `${base}...HEAD`, '--', ...sources];
const changed = changedLines(execFileSync('git', diff, { cwd: root, encoding: 'utf8' }));
const { taken, leftOut } = takeLines(changed, minutes * LINES_A_MINUTE);
if (changed.size === 0) console.log(`no line of ${MUTATED.join(', ')} differs from ${base}`);
for (const [name, all] of taken) {
  console.log(`== ${name}`);
  const parts = all.map(({ path, from, to }) => `${path}:${from}-${to}`);
  const run = join(import.meta.dirname, 'run.mjs');
  const { status } = spawnSync(process.execPath, [run, name, ...parts], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
if (leftOut.length > 0) {
  console.log(`no time for these lines, which wait for the night:\n  ${leftOut.join('\n  ')}`);
}
