// What an application takes of core, bundled, minified and gzipped: the sources that requests pass, as packages/core/REVIEWING.md
// lists them, and what single exports of the built package bring with them.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

const core = join(root, 'packages/core');
const src = join(core, 'src');

/** The sections of REVIEWING.md, each with those before it. */
const PATH = [
  'Every request',
  'Where it is configured',
  'Where a proof is waited for',
  'Whether the handler may run',
];

const EXPORTS = ['createAuthenticator', 'compileTrust', 'auditTrustedProxies', 'renderProblem'];

/** Measures all of it: bytes by name. */
export async function coreSizes() {
  const page = readFileSync(join(core, 'REVIEWING.md'), 'utf8');
  const sizes = {};
  const files = [];
  for (const section of PATH) {
    files.push(...filesIn(page, section));
    sizes[section] = await sizeOf(files.map((file) => `export * from './${file}';`).join('\n'), {
      only: new Set(files),
    });
  }
  const main = '../dist/index.js';
  for (const name of EXPORTS) sizes[name] = await sizeOf(`export { ${name} } from '${main}';`);
  sizes.everything = await sizeOf(`export * from '${main}';`);
  // The others, and what is known of them, stay out.
  sizes['one profile'] = await sizeOf(`export { authelia } from '../dist/profiles/index.js';`);
  return sizes;
}

function filesIn(page, section) {
  const text = page.split(/^## /m).find((each) => each.startsWith(`${section}\n`));
  if (text === undefined) throw new Error(`REVIEWING.md has no section "${section}"`);
  return [...text.matchAll(/\]\(src\/([^)]+)\.ts\)/g)].map(([, file]) => `${file}.js`);
}

/** @param only Files to bundle; all others stay outside. */
async function sizeOf(contents, { only } = {}) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: src, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    // Files of types alone are imported for their effect on types.
    logLevel: 'error',
    plugins: only ? [outside(only)] : [],
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

function outside(only) {
  return {
    name: 'outside',
    setup(bundler) {
      bundler.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const file = join(resolveDir, path);
        return only.has(relative(src, file))
          ? { path: file.replace(/\.js$/, '.ts') }
          : { path, external: true };
      });
    },
  };
}
