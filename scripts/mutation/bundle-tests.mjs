// Every test file of core as one program for node, with all that it imports in it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

// Code that counts each of its steps has no speed of its own: what is timed runs, and took half a millisecond.
const untimed = {
  name: 'untimed',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]core[\\/]test[\\/]fastest\.ts$/ }, () => ({
      contents: 'export const fastest = (run) => (run(), 0.5);',
    }));
  },
};

const root = join(import.meta.dirname, '../..');
const tests = join(root, 'packages/core/test');
await build({
  entryPoints: readdirSync(tests)
    // Not the one that counts what runs: code that counts each of its steps is another.
    .filter((name) => name.endsWith('.test.ts') && name !== 'reviewing.test.ts')
    .map((name) => join(tests, name)),
  outdir: join(root, 'coverage/mutation'),
  outExtension: { '.js': '.cjs' },
  alias: { '@jest/globals': join(import.meta.dirname, 'jest-globals.mjs') },
  // CommonJS has no import.meta: a test that reads a file beside it (../README.md) is told where the tests are.
  define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(tests, 'any.test.ts')).href) },
  plugins: [untimed],
  bundle: true,
  nodePaths: process.env.NODE_PATH ? [process.env.NODE_PATH] : [],
  platform: 'node',
  format: 'cjs',
  target: 'es2022',
  logLevel: 'warning',
});
