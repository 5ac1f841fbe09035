// Adds a CommonJS build (`dist/cjs/*.cjs`, `*.d.cts`) to the ES modules in a package's `dist`: for Jest, for bundlers and for
// TypeScript's older resolutions. Node itself loads the ES modules, also by `require` (A8). Made from what is in `dist`, file by
// file, so that two entries share a module here as they do there. `--bundle file.js`: puts what that file imports from packages of ES
// modules only into it, since Jest cannot `require` those.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({ options: { bundle: { type: 'string' } } });

const dist = join(process.cwd(), 'dist');
const target = join(dist, 'cjs');
rmSync(target, { recursive: true, force: true });

const files = readdirSync(dist, { recursive: true }).filter((file) => /\.(js|d\.ts)$/.test(file));
const sources = files.filter((file) => file.endsWith('.js'));

const settings = {
  absWorkingDir: dist,
  outbase: '.',
  outdir: 'cjs',
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // Jest runs `import()` in ES modules only.
  supported: { 'dynamic-import': false },
  outExtension: { '.js': '.cjs' },
  charset: 'utf8',
};
const { bundle } = values;
await build({ ...settings, entryPoints: sources.filter((file) => file !== bundle) });
if (bundle) await build({ ...settings, entryPoints: [bundle], bundle: true, ...licence(bundle) });

for (const file of sources) {
  const made = join(target, file.replace(/\.js$/, '.cjs'));
  writeFileSync(made, relinked(readFileSync(made, 'utf8'), /require\("(\.[^"]+)\.js"\)/g));
}
for (const file of files.filter((it) => it.endsWith('.d.ts'))) {
  const declarations = readFileSync(join(dist, file), 'utf8').replace(/^\/\/# source.*$/gm, '');
  const made = join(target, file.replace(/\.ts$/, '.cts'));
  mkdirSync(dirname(made), { recursive: true });
  writeFileSync(made, relinked(declarations, /(?:from |import |import\()['"](\.[^'"]+)\.js['"]/g));
}

/** Names the packages that are bundled: their licences ask for it. */
function licence(file) {
  const names = readFileSync(join(dist, file), 'utf8').matchAll(/from '([^'.][^']*)'/g);
  const manifests = [...new Set([...names].map(([, name]) => name))].map((name) =>
    JSON.parse(readFileSync(join(process.cwd(), 'node_modules', name, 'package.json'), 'utf8')),
  );
  const lines = manifests.map(
    ({ name, version, license, author, homepage }) =>
      `${name} ${version}, ${license}, by ${author?.name ?? author}, ${homepage}`,
  );
  return { banner: { js: `/*! Bundled: ${lines.join('; ')} */` } };
}

/** Lets the links between the files of a package lead to its CommonJS files. */
function relinked(text, link) {
  return text.replace(link, (found, path) => found.replace(`${path}.js`, `${path}.cjs`));
}
