// Builds a package whose import time counts: declarations by tsc, and all of its code in one readable file for each
// entry, since a runtime takes longer to find sixty small files than to run them. Other packages stay outside.
// `--share`: what several entries share is in one file, `shared.js`, and not in one for each set of entries that shares something, six
// of them in core. Only for what is right on every runtime: an entry for the edge must not load what is Node's.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { entriesOf } from './entries-of.mjs';

const { values } = parseArgs({ options: { share: { type: 'boolean', default: false } } });
const folder = process.cwd();
const entryPoints = entriesOf(folder);

const settings = {
  absWorkingDir: folder,
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  // What package.json imports depends on the runtime: it is for who loads the package to choose.
  external: ['#*'],
  format: 'esm',
  target: 'es2022',
  // Becomes `new RegExp(…)`, which V8 reads when it runs: literals with Unicode properties took 2 ms of an import.
  supported: { 'regexp-unicode-property-escapes': false },
  // What modules make of these when they are loaded, nobody misses who does not use it: bundlers leave it out of what takes one function.
  pure: [
    'Object.freeze',
    'Object.entries',
    'TextDecoder',
    'Uint8Array.from',
    'Uint16Array',
    'Uint32Array',
    'Set',
    'Map',
  ],
  sourcemap: true,
  charset: 'utf8',
};

rmSync(join(folder, 'dist'), { recursive: true, force: true });
const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc');
execFileSync(tsc, ['-p', 'tsconfig.json', '--emitDeclarationOnly'], { stdio: 'inherit' });
// What two entries share is there once.
await build({ ...settings, entryPoints, outbase: 'src', splitting: true });
if (values.share) await mergeChunks();

/** Puts the chunks that esbuild has made into one file, and has the entries import that. */
async function mergeChunks() {
  const dist = join(folder, 'dist');
  const isChunk = (path) => /(?:^|\/)chunk-\w+\.js$/.test(path);
  const chunks = readdirSync(dist).filter(isChunk);
  const again = {
    ...settings,
    absWorkingDir: dist,
    outdir: '.',
    outbase: '.',
    allowOverwrite: true,
  };
  const contents = chunks.map((chunk) => `export * from './${chunk}';`).join('\n');
  await build({
    ...again,
    stdin: { contents, resolveDir: dist },
    outdir: undefined,
    outfile: 'shared.js',
  });
  await build({
    ...again,
    entryPoints: entryPoints.map((entry) => entry.replace('src/', '').replace(/\.ts$/, '.js')),
    plugins: [{ name: 'shared', setup: importShared }],
  });
  for (const chunk of chunks) for (const end of ['', '.map']) rmSync(join(dist, chunk + end));

  function importShared(bundler) {
    bundler.onResolve({ filter: /chunk-\w+\.js$/ }, ({ path }) => ({
      path: path.replace(/chunk-\w+/, 'shared'),
      external: true,
    }));
  }
}
