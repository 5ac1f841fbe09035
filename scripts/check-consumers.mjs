// Installs the packed packages as applications do, and uses them: node scripts/check-consumers.mjs [--only loads|types|runners].
// `loads`: by import and by require, and both in one process. `types`: from TypeScript, oldest to newest, each way it finds
// packages. `runners`: in the test runners that applications have. `check-skeletons.mjs` is the other half.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { copyChecks } from './consumers/copies/check.mjs';
import { loadChecks } from './consumers/loads.mjs';
import { pack } from './consumers/packed.mjs';
import { runChecks } from './consumers/run.mjs';
import { runnerChecks } from './consumers/runners/check.mjs';
import { typeChecks } from './consumers/types/compile.mjs';
import { installWorkspace } from './consumers/workspace.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const kinds = {
  loads: (folder) => [...loadChecks(join(folder, 'modern')), ...copyChecks(join(folder, 'modern'))],
  runners: runnerChecks,
  types: typeChecks,
};
const wanted = values.only === undefined ? Object.keys(kinds) : values.only.split(',');
for (const kind of wanted) if (!(kind in kinds)) throw new Error(`there is no kind ${kind}`);

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-consumers-'));
try {
  const start = Date.now();
  mkdirSync(join(folder, 'tarballs'));
  installWorkspace(folder, pack(join(folder, 'tarballs')));
  console.log(`packed and installed (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  const failed = await runChecks(wanted.flatMap((kind) => kinds[kind](folder)));
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
