import { expect, it } from '@jest/globals';
import { isTestRun } from '../src/test-run.js';

const APP = ['/usr/bin/node', '/srv/app/server.js'];

it.each([
  ['node --test', { NODE_TEST_CONTEXT: 'child-v8' }],
  ['Jest', { JEST_WORKER_ID: '1' }],
  ['Vitest', { VITEST: 'true' }],
  ['a worker of mocha', { MOCHA_WORKER_ID: '0' }],
])('knows %s by its mark in the environment', (_, env) => {
  expect(isTestRun({ env, argv: APP })).toBe(true);
});

it.each([
  ['mocha', '/app/node_modules/mocha/bin/mocha.js'],
  ['mocha with options for Node', '/app/node_modules/mocha/lib/cli/cli.js'],
  ['mocha of pnpm', '/app/node_modules/.pnpm/mocha@12.0.3/node_modules/mocha/bin/_mocha'],
  ['mocha on Windows', 'C:\\app\\node_modules\\mocha\\bin\\mocha.js'],
  ['Jasmine', '/app/node_modules/jasmine/bin/jasmine.js'],
  ['AVA', '/app/node_modules/ava/lib/worker/base.js'],
])('knows %s, which leaves none, by the program of the process', (_, program) => {
  expect(isTestRun({ env: {}, argv: ['/usr/bin/node', program] })).toBe(true);
});

it.each([
  ['a deployment that is called test', { NODE_ENV: 'test' }, APP],
  ['the server that Playwright starts', { PLAYWRIGHT_TEST: '1' }, APP],
  ['an application that is called mocha', {}, ['/usr/bin/node', '/srv/mocha/bin/mocha.js']],
  ['its test beside mocha', {}, ['/usr/bin/node', '/app/node_modules/mocha-shop/bin/mocha.js']],
  ['an argument', {}, [...APP, '/app/node_modules/mocha/bin/mocha.js']],
  ['no program', {}, ['/usr/bin/node']],
])('takes %s for none', (_, env, argv) => {
  expect(isTestRun({ env, argv })).toBe(false);
});
