// In Stryker's sandbox: every test file of a package as one program for node, with all of the package that it imports in
// it, and the package's build again, for servers that tests start in processes of their own.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from '@swc/core';
import { build, transform as replace } from 'esbuild';
import { entriesOf } from '../entries-of.mjs';
import { swcOptions } from '../swc-options.mjs';
import { testFilesOf } from './test-files.mjs';

const { MUTATION_PACKAGE: name, MUTATION_TESTS: parts } = process.env;
const root = resolve(import.meta.dirname, '../..');
const own = join(root, 'packages', name);

const typescript = {
  name: 'typescript',
  setup(bundler) {
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      // Code that counts each of its steps has no speed of its own: what is timed runs, and took half a millisecond.
      if (path === join(own, 'test/fastest.ts')) {
        return { contents: 'export const fastest = (run) => (run(), 0.5);' };
      }
      const options = { ...swcOptions, filename: path };
      const { code } = await transform(readFileSync(path, 'utf8'), options);
      // A test that reads a file beside it (../README.md) is told where it was.
      const url = JSON.stringify(pathToFileURL(path).href);
      const { code: contents } = await replace(code, { define: { 'import.meta.url': url } });
      return { contents };
    });
  },
};

// CommonJS, as most of jest is.
const globals = join(own, 'mutation/test-globals.cjs');

/** All that is not the package's: one copy of it for the program, as in the tests. */
const others = {
  name: 'others',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return { path: path === '@jest/globals' ? globals : path, external: true };
    });
  },
};

const shared = { bundle: true, platform: 'node', target: 'es2022', logLevel: 'warning' };
await build({
  ...shared,
  entryPoints: [join(import.meta.dirname, 'test-globals.mjs')],
  format: 'cjs',
  outfile: globals,
});
await build({
  ...shared,
  entryPoints: testFilesOf(name, parts).map((file) => join(own, 'test', file)),
  format: 'esm',
  outbase: join(own, 'test'),
  outdir: join(own, 'mutation'),
  outExtension: { '.js': '.mjs' },
  // Which of several is being read, where they share a process.
  banner: { js: 'globalThis.MUTATION_PROGRAM = import.meta.url;' },
  plugins: [typescript, others],
});
// One file for each entry, as it is published: tests load a second copy of it.
await build({
  ...shared,
  format: 'esm',
  entryPoints: entriesOf(own).map((entry) => join(own, entry)),
  outbase: join(own, 'src'),
  outdir: join(own, 'dist'),
  splitting: true,
  plugins: [typescript, others],
});
