// Changes a package in every small way that there is, and counts the changes that no test notices.
// usage: run.mjs [package] [part …] [--tests part,part]
//   package  its folder below packages; core when none is named
//   part     of a path below its src, to change some of it only; or file.ts:from-to for some lines
//   --tests  of the names of test files, to try some of them only
// Fails where the whole package is below its least share, and for a change that no test notices and that
// survivors/<package>.mjs gives no reason for.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { root } from '../workspace.mjs';
import { describeChange } from './describe-change.mjs';
import { leastPercentOf } from './packages.mjs';
import { testFilesOf } from './test-files.mjs';

const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { tests: { type: 'string', default: '' } },
});
const isPackage = existsSync(join(root, 'packages', words[0] ?? '', 'package.json'));
const [name, parts] = isPackage ? [words[0], words.slice(1)] : ['core', words];
const leastPercent = leastPercentOf(name);

const source = `packages/${name}/src`;
const others = ['apps', 'packages'].flatMap((group) =>
  readdirSync(join(root, group)).map((each) => `/${group}/${each}`),
);
// A program that is ended in the middle leaves its files.
process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'mutation-'));
process.on('exit', () => {
  rmSync(process.env.TMPDIR, { recursive: true, force: true, maxRetries: 3 });
});
process.env.MUTATION_PACKAGE = name;
process.env.MUTATION_TESTS = values.tests;
// What a client in the process of its server is told by. Servers in processes of their own do not see it.
process.env.JEST_WORKER_ID = '1';
// Properties look at fewer examples for each of thousands of changes.
process.env.FUZZ_RUNS ??= '30';
process.env.FUZZ_SEED ??= '1';
// Programs wait more than they compute: for answers that a change has made impossible.
const concurrency = Number(process.env.MUTATION_CONCURRENCY ?? 4 * availableParallelism());
const stryker = new Stryker({
  mutate: parts.length === 0 ? [`${source}/**/*.ts`] : parts.flatMap(filesOf),
  mutator: {
    // Of core each word counts: it has the names of headers, and the sentences that people are told what to do by. In the
    // others they are names that the type checker knows, and words of log lines.
    excludedMutations: name === 'core' ? [] : ['StringLiteral'],
  },
  ignorePatterns: [
    ...others.filter((path) => path !== `/packages/${name}`),
    '/coverage',
    '/.turbo',
  ],
  // jest would be asked for tests by one pattern of all their names, which no RegExp can hold, and keeps what it loads:
  // each test file becomes one program, and each change is tried by the programs that reach it.
  buildCommand: 'node scripts/mutation/bundle-tests.mjs',
  testRunner: 'likely-first',
  plugins: ['@stryker-mutator/tap-runner', join(import.meta.dirname, 'likely-first.mjs')],
  tap: {
    testFiles: testFilesOf(name, values.tests).map(
      (file) => `packages/${name}/mutation/${file.replace(/\.ts$/, '.mjs')}`,
    ),
    nodeArgs: ['--test-reporter=tap', '--test-force-exit'],
  },
  coverageAnalysis: 'perTest',
  dryRunTimeoutMinutes: 20,
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: `coverage/mutation/${name}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Two changes with a reason are many in a small file: the score is that of the whole package.
  thresholds: {
    high: 100,
    low: leastPercent,
    break: parts.length === 0 ? leastPercent : null,
  },
  concurrency,
  // What takes that long longer never ends. What no test notices takes longest, since all programs run, beside those of the others:
  // a busy machine is no test that notices something.
  timeoutMS: 60_000,
  timeoutFactor: concurrency,
});
const results = await stryker.runMutationTest();
if (results.length === 0) {
  // Lines that somebody has changed may hold a comment, or types.
  if (parts.length === 0 || !parts.every(areLines))
    throw new Error(`nothing of packages/${name}/src is called ${parts}`);
  console.log('there is nothing to change in these lines');
}

const { SURVIVORS } = await import(`./survivors/${name}.mjs`).catch(() => ({ SURVIVORS: {} }));
const survived = results
  .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
  .map((mutant) => {
    const path = mutant.fileName.split(`/${source}/`)[1];
    return describeChange(path, readFileSync(join(root, source, path), 'utf8'), mutant);
  });
const reasons = new Set(Object.values(SURVIVORS).flat());
const news = [...new Set(survived)].filter((change) => !reasons.has(change));
const gone = [...reasons].filter((change) => !survived.includes(change));
console.log(`${survived.length} changes that no test notices, ${news.length} without a reason`);
for (const change of news) console.log(`  ${change}`);
if (parts.length === 0 && gone.length > 0) {
  console.log(`in survivors/${name}.mjs, and noticed by now or not tried:\n  ${gone.join('\n  ')}`);
}
if (news.length > 0) process.exitCode = 1;

function areLines(part) {
  const [path, lines] = part.split(':');
  return lines !== undefined && existsSync(join(root, source, path));
}

function filesOf(part) {
  if (part.includes(':')) return [`${source}/${part}`];
  return [`${source}/**/${part}*.ts`, `${source}/**/${part}*/**/*.ts`];
}
