// Changes core in every small way that there is, and counts the changes that no test notices: arguments are parts of
// paths below packages/core/src, to change some of it only. Fails below 95 %.
import { readdirSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../jest.config.mjs';

const LEAST_PERCENT = 95;

const others = readdirSync(new URL('../packages', import.meta.url))
  .filter((name) => name !== 'core')
  .map((name) => `/packages/${name}`);
const only = process.argv.slice(2);
const core = jestConfig.projects.find(({ displayName }) => displayName === 'core');
const stryker = new Stryker({
  mutate:
    only.length === 0
      ? ['packages/core/src/**/*.ts']
      : only.map((part) => `packages/core/src/**/${part}*`),
  ignorePatterns: [
    '/jest.config.mjs',
    '/jest.e2e.config.mjs',
    '/apps',
    ...others,
    '/coverage',
    '/.turbo',
  ],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  plugins: ['@stryker-mutator/jest-runner'],
  jest: {
    projectType: 'custom',
    config: { ...core, rootDir: '.', roots: ['<rootDir>/packages/core'] },
  },
  coverageAnalysis: 'perTest',
  reporters: ['clear-text', 'progress-append-only', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 100, low: LEAST_PERCENT, break: LEAST_PERCENT },
  concurrency: 2,
  // jest keeps every module of a run that is loaded as ESM.
  maxTestRunnerReuse: 20,
  timeoutMS: 20_000,
});
await stryker.runMutationTest();
