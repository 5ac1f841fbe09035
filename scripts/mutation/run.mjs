// Changes core in every small way that there is, and counts the changes that no test notices: arguments are parts of
// paths below packages/core/src, to change some of it only. Fails where all of core is below 95 %, and for a change that no
// test notices and that survivors.mjs gives no reason for.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Stryker } from '@stryker-mutator/core';
import { describeChange } from './describe-change.mjs';
import { SURVIVORS } from './survivors.mjs';

const LEAST_PERCENT = 95;

const root = new URL('../..', import.meta.url);
const others = ['apps', 'packages'].flatMap((group) =>
  readdirSync(new URL(group, root)).map((name) => `/${group}/${name}`),
);
const only = process.argv.slice(2);
// Properties look at fewer examples for each of thousands of changes.
process.env.FUZZ_RUNS ??= '30';
process.env.FUZZ_SEED ??= '1';
// The sandbox is below the root, whose packages it finds; core's own are not there.
process.env.NODE_PATH = fileURLToPath(new URL('packages/core/node_modules', root));
const stryker = new Stryker({
  mutate:
    only.length === 0
      ? ['packages/core/src/**/*.ts']
      : only.flatMap((part) => [
          `packages/core/src/**/${part}*.ts`,
          `packages/core/src/**/${part}*/**/*.ts`,
        ]),
  ignorePatterns: [...others.filter((path) => path !== '/packages/core'), '/coverage', '/.turbo'],
  // jest would be asked for tests by one pattern of all their names, which no RegExp can hold, and keeps what it loads:
  // each test file becomes one program, and each change is tried by the programs that reach it.
  buildCommand: 'node scripts/mutation/bundle-tests.mjs',
  testRunner: 'tap',
  plugins: ['@stryker-mutator/tap-runner'],
  tap: { testFiles: ['coverage/mutation/*.cjs'], nodeArgs: ['--test-reporter=tap'] },
  coverageAnalysis: 'perTest',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Two changes with a reason are many in a small file: the score is that of all of core.
  thresholds: {
    high: 100,
    low: LEAST_PERCENT,
    break: only.length === 0 ? LEAST_PERCENT : null,
  },
  concurrency: 2,
  timeoutMS: 10_000,
});
const results = await stryker.runMutationTest();

const sources = new URL('packages/core/src/', root);
const survived = results
  .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  .map((mutant) => {
    const path = mutant.fileName.split('/packages/core/src/')[1];
    return describeChange(path, readFileSync(new URL(path, sources), 'utf8'), mutant);
  });
const reasons = new Set(Object.values(SURVIVORS).flat());
const news = [...new Set(survived)].filter((change) => !reasons.has(change));
const gone = [...reasons].filter((change) => !survived.includes(change));
console.log(`${survived.length} changes that no test notices, ${news.length} without a reason`);
for (const change of news) console.log(`  ${change}`);
if (only.length === 0 && gone.length > 0) {
  console.log(`in survivors.mjs, and noticed by now or not tried:\n  ${gone.join('\n  ')}`);
}
if (news.length > 0) process.exitCode = 1;
