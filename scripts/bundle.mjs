// Builds a package whose import time counts: declarations by tsc, and all of its code in one readable file for each
// entry, since a runtime takes longer to find sixty small files than to run them. Other packages stay outside.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = process.cwd();
const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const entryPoints = [...new Set(modulesIn(exports))].map((file) =>
  file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
);

rmSync(join(folder, 'dist'), { recursive: true, force: true });
const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc');
execFileSync(tsc, ['-p', 'tsconfig.json', '--emitDeclarationOnly'], { stdio: 'inherit' });
await build({
  absWorkingDir: folder,
  entryPoints,
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  // What two entries share is in a file of its own, and there once.
  splitting: true,
  packages: 'external',
  format: 'esm',
  target: 'es2022',
  // Becomes `new RegExp(…)`, which V8 reads when it runs: literals with Unicode properties took 2 ms of an import.
  supported: { 'regexp-unicode-property-escapes': false },
  sourcemap: true,
  charset: 'utf8',
});

/** The ES modules that `exports` leads to, under whatever condition. */
function modulesIn(entry) {
  if (typeof entry === 'string') return entry.endsWith('.js') ? [entry] : [];
  return Object.values(entry).flatMap(modulesIn);
}
