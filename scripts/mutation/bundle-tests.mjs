// Every test file of core as one program for node, with all that it imports in it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');
const tests = join(root, 'packages/core/test');
await build({
  entryPoints: readdirSync(tests)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(tests, name)),
  outdir: join(root, 'coverage/mutation'),
  outExtension: { '.js': '.cjs' },
  alias: { '@jest/globals': join(import.meta.dirname, 'jest-globals.mjs') },
  bundle: true,
  nodePaths: process.env.NODE_PATH ? [process.env.NODE_PATH] : [],
  platform: 'node',
  format: 'cjs',
  target: 'es2022',
  logLevel: 'warning',
});
