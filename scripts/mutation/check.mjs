// Checks the mutation runs themselves, in seconds: that a run starts, that it sees what no test notices, that all packages
// have their night, that reasons are about code that is there, and that changed lines are taken for changed.
import { deepEqual } from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';
import { root } from '../workspace.mjs';
import { changedLines, takeLines } from './changed-lines.mjs';
import { MUTATED } from './packages.mjs';
import { staleReasons } from './stale-reasons.mjs';
import { testFilesOf } from './test-files.mjs';

/** A file whose every change one test file of its package notices, and another does not reach. */
const [NAME, PART, NOTICES, DOES_NOT] = ['koa', 'route-of', 'events', 'left-client'];

const DIFF = `diff --git a/packages/koa/src/route-of.ts b/packages/koa/src/route-of.ts
--- a/packages/koa/src/route-of.ts
+++ b/packages/koa/src/route-of.ts
@@ -3 +3,2 @@ import
@@ -9,2 +11,0 @@ gone
@@ -20 +20 @@ one
diff --git a/packages/koa/README.md b/packages/koa/README.md
+++ b/packages/koa/README.md
@@ -1 +1 @@
diff --git a/packages/node/src/live/clock.ts b/packages/node/src/live/clock.ts
+++ b/packages/node/src/live/clock.ts
@@ -0,0 +1,16 @@
`;

const koa = [
  { path: 'route-of.ts', from: 3, to: 4 },
  { path: 'route-of.ts', from: 20, to: 20 },
];
const node = [{ path: 'live/clock.ts', from: 1, to: 16 }];
deepEqual(
  [...changedLines(DIFF)],
  [
    ['koa', koa],
    ['node', node],
  ],
);
deepEqual(takeLines(changedLines(DIFF), 10), {
  taken: new Map([['koa', koa]]),
  leftOut: ['packages/node/src/live/clock.ts:1-16'],
});

const nightly = parse(readFileSync(join(root, '.github/workflows/nightly.yml'), 'utf8'));
deepEqual(nightly.jobs.mutation.strategy.matrix.package, MUTATED);

const printed = await printedSlowly("it('x'.repeat(1_000_000), async () => {});");
deepEqual([/ok 1 - x{1000000}$/m.test(printed), /^1\.\.1$/m.test(printed)], [true, true]);

deepEqual(
  await missingOfJest(),
  [],
  'what tests of these packages take from jest, and test-globals.mjs does not have',
);

const stale = await Promise.all(MUTATED.map(async (name) => [name, await staleReasons(name)]));
deepEqual(
  stale.filter(([, changes]) => changes.length > 0),
  [],
  'reasons in scripts/mutation/survivors for code that is written otherwise by now',
);

// A comment.
const nothing = run(['koa', 'route-of.ts:1-1', '--tests', DOES_NOT]);
deepEqual([nothing.status, nothing.stdout.includes('nothing to change')], [0, true]);

const noticed = run([NAME, PART, '--tests', NOTICES]);
const unnoticed = run([NAME, PART, '--tests', DOES_NOT]);
const isRight =
  nothing.status === 0 &&
  noticed.status === 0 &&
  unnoticed.status === 1 &&
  noticed.stdout.includes(', 0 without a reason') &&
  unnoticed.stdout.includes("\n  route-of.ts: typeof route === 'string' => false\n");
if (!isRight) {
  for (const { stdout, stderr } of [noticed, unnoticed, nothing]) console.error(stdout, stderr);
}
console.log(`a run that notices all and one that notices nothing: ${isRight ? 'right' : 'WRONG'}`);
process.exitCode = isRight ? 0 : 1;

function run(words) {
  const args = [join(import.meta.dirname, 'run.mjs'), ...words];
  return spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
}

/** What a program of tests prints to somebody who has other things to do at first. */
async function printedSlowly(tests) {
  const globals = JSON.stringify(join(import.meta.dirname, 'test-globals.mjs'));
  const reporter = ['--test-reporter=tap', '--test-force-exit', '--input-type=module'];
  const program = `import { it } from ${globals};\n${tests}`;
  const child = spawn(process.execPath, [...reporter, '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await setTimeout(2000);
  return text(child.stdout);
}

/** What tests take from jest that is not there without it, by file: a run ends before it has begun. */
async function missingOfJest() {
  const globals = JSON.stringify(join(import.meta.dirname, 'test-globals.mjs'));
  const program = `import * as all from ${globals};
    const names = [];
    for (let each = all.jest; each; each = Object.getPrototypeOf(each)) names.push(...Object.getOwnPropertyNames(each));
    process.stdout.write(JSON.stringify([...Object.keys(all), ...names.map((name) => 'jest.' + name)]), () => process.exit());`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    cwd: root,
  });
  const there = new Set(JSON.parse(stdout));
  return MUTATED.flatMap((name) =>
    testFilesOf(name).flatMap((file) => {
      const source = readFileSync(join(root, 'packages', name, 'test', file), 'utf8');
      const [, imported = ''] = /import \{([^}]*)\} from '@jest\/globals'/.exec(source) ?? [];
      const taken = [
        ...imported.split(',').map((each) => each.trim()),
        ...(source.match(/\bjest\.[a-z]\w*/g) ?? []),
      ];
      return taken
        .filter((each) => each !== '' && !each.startsWith('type ') && !there.has(each))
        .map((each) => `packages/${name}/test/${file}: ${each}`);
    }),
  );
}
