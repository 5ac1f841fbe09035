// Runs the built packages through the conformance suite on several versions of Node: arguments are their majors.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTest } from './runtimes/bundle-test.mjs';
import { adapters, root } from './workspace.mjs';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];

/** Its target does what Next does around an application, with files of its sources: the built package is for a real build. */
const WITHOUT_TARGET = 'nextjs';

/** Bundles the targets with their test, so that they import the built package where the test imports its sources. */
async function bundle(adapter) {
  const folder = join(root, 'packages', adapter, '.mutant', 'runtimes');
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'conformance.mjs');
  const contents = `
    import { after, describe, it } from 'node:test';
    import { defineConformance } from '@trusted-header/conformance';
    import * as targets from '../../test/conformance-target.ts';
    for (const target of Object.values(targets)) defineConformance(target, { describe, it, afterAll: after });`;
  await bundleTest({ name: adapter, contents, folder, outfile });
  return { folder, outfile };
}

/** Where npm keeps a version of Node. */
function nodeOf(version) {
  const script = 'process.stdout.write(process.execPath)';
  const args = ['--yes', `node@${version}`, '--eval', script];
  return execFileSync('npx', args, { encoding: 'utf8', cwd: '/' });
}

function count(word, output) {
  return Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN);
}

const rows = [];
for (const adapter of adapters().filter((name) => name !== WITHOUT_TARGET)) {
  const { folder, outfile } = await bundle(adapter);
  try {
    for (const version of versions) {
      const { stdout, stderr } = spawnSync(
        nodeOf(version),
        ['--test', '--test-reporter=tap', outfile],
        { encoding: 'utf8', maxBuffer: 1 << 28, env: process.env },
      );
      const [passed, failed] = [count('pass', stdout), count('fail', stdout)];
      rows.push({ adapter, node: version, passed, failed });
      if (failed !== 0)
        console.error(
          `${stdout
            .match(/^ *not ok .*/gm)
            ?.slice(0, 10)
            .join('\n')}\n${stderr}`,
        );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where the marks of test runners must not reach. */
const { NODE_TEST_CONTEXT: _, JEST_WORKER_ID: __, VITEST: ___, ...production } = process.env;
for (const version of versions) {
  const file = join(root, 'packages/node/test/own/call-oneself.mjs');
  const { stdout, stderr } = spawnSync(nodeOf(version), [file], {
    encoding: 'utf8',
    env: production,
  });
  const decided = Object.values(stdout === '' ? {} : JSON.parse(stdout))
    .flatMap((byHost) => Object.values(byHost))
    .flatMap((answers) => answers.split(' '));
  const passed = decided.filter((reason) => reason === 'peer-self').length;
  rows.push({
    adapter: 'node, calling itself',
    node: version,
    passed,
    failed: decided.length - passed,
  });
  if (passed < decided.length || passed === 0) console.error(`${stdout}\n${stderr}`);
}

for (const version of versions) {
  const file = join(root, 'packages/node/test/own/tell-decisions.mjs');
  const { stdout, stderr } = spawnSync(nodeOf(version), [file], {
    encoding: 'utf8',
    env: production,
  });
  // A subscriber that throws has ended a process that says nothing.
  const { told = {} } = stdout === '' ? {} : JSON.parse(stdout);
  const counts = Object.values(told).map((lines) => lines.length);
  const passed = counts.filter((count) => count === 10).length;
  rows.push({ adapter: 'node, its channel', node: version, passed, failed: 4 - passed });
  if (passed < 4) console.error(`${stdout}\n${stderr}`);
}
console.table(rows);
process.exitCode = rows.every(({ passed, failed }) => failed === 0 && passed > 0) ? 0 : 1;
