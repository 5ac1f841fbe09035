// Makes applications by their makers' own commands, adds our READMEs' lines, builds and starts them, and asks them:
// node scripts/check-skeletons.mjs [--only create-next-app@16,koa …]. Prints what it took, from an empty folder to the page.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pack } from './consumers/packed.mjs';
import { runChecks } from './consumers/run.mjs';
import { skeletonCheck } from './consumers/skeletons/check.mjs';
import { SKELETONS } from './consumers/skeletons/skeletons.mjs';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const wanted = values.only?.toLowerCase().split(',') ?? [''];
const chosen = Object.entries(SKELETONS).filter(([name]) =>
  wanted.some((part) => name.toLowerCase().includes(part)),
);
if (chosen.length === 0)
  throw new Error(`none of ${Object.keys(SKELETONS).join(', ')} is asked for`);

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-skeletons-'));
const table = [];
try {
  mkdirSync(join(folder, 'tarballs'));
  const packed = pack(join(folder, 'tarballs'));
  const checks = chosen.map(([name, it]) => skeletonCheck(name, it, { folder, packed, table }));
  process.exitCode = (await runChecks(checks)) > 0 ? 1 : 0;
  console.log(
    '\n| application | commands | lines | seconds, installs included |\n| --- | --- | --- | --- |',
  );
  for (const { name, commands, lines, seconds } of table)
    console.log(`| ${name} | ${commands} | ${lines} | ${seconds.toFixed(0)} |`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
