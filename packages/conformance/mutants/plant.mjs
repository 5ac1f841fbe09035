import { existsSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';
import { build } from 'esbuild';
import { swcOptions } from '../../../scripts/swc-options.mjs';

const packagesFolder = fileURLToPath(new URL('../../', import.meta.url));
const programs = join(packagesFolder, 'conformance', '.mutant');

const jestGlobals = join(import.meta.dirname, 'jest-globals.mjs');

/**
 * Gives what to bundle: an adapter's conformance test, and the file that a mutant is about, with the bug in it.
 *
 * @throws Error where the text that the mutant replaces is not in its file exactly once.
 */
export function plantMutant(mutant, adapter) {
  const [changed] = mutant.file.split('/');
  const key = `${mutant.id}${changed === adapter ? '' : `@${adapter}`}`;
  const file = join(packagesFolder, mutant.file);
  return { key, mutant, adapter, changed, file, text: edited(file, mutant) };
}

/**
 * Bundles it into one program, with the changed package from its sources, and gives the program's file.
 *
 * What is not of this repository stays where it is.
 *
 * @throws Error where it cannot be bundled: the bug is no TypeScript.
 */
export async function bundlePlant({ key, mutant, adapter, changed, file, text }) {
  const outfile = join(programs, `${key}.mjs`);
  await build({
    stdin: { contents: entryOf(mutant, adapter), resolveDir: packagesFolder },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    logLevel: 'silent',
    // The packages say that their files have no side effects, and tests are nothing else.
    ignoreAnnotations: true,
    plugins: [ours(changed), sourcesWith(file, text)],
  });
  return outfile;
}

/** Removes all programs, also those of an earlier run. */
export function removePlants() {
  rmSync(programs, { recursive: true, force: true });
}

/** Bugs of the login are caught by the login's cases, and all others by the adapters'. */
function entryOf({ suite: name = 'conformance', caughtBy }, adapter) {
  return `
    import './${adapter}/test/${name}.test.ts';
    import { runSuite } from '@jest/globals';
    await runSuite({}, ${JSON.stringify(caughtBy)});
    process.exit();`;
}

/** The packages of this repository: what they are built to, but for one. */
function ours(changed) {
  const built = join(packagesFolder, changed, 'dist') + sep;
  const sources = join(packagesFolder, changed, 'src') + sep;
  return {
    name: 'ours',
    setup(bundler) {
      bundler.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...where }) => {
        if (pluginData === 'asked') return undefined;
        if (path === '@jest/globals') return { path: jestGlobals };
        if (isBuiltin(path)) return { path, external: true };
        const found = await bundler.resolve(path, { ...where, pluginData: 'asked' });
        if (found.errors.length > 0) return { errors: found.errors };
        if (!path.startsWith('@trusted-header/')) return { path: found.path, external: true };
        return found.path.startsWith(built)
          ? { path: found.path.replace(built, sources).replace(/\.js$/, '.ts') }
          : { path: found.path };
      });
    },
  };
}

/** What was made of a file, by its name: most are the same in all programs. */
const transformed = new Map();

function sourcesWith(file, text) {
  return {
    name: 'sources',
    setup(bundler) {
      bundler.onLoad({ filter: /\.[jt]s$/ }, async ({ path }) => {
        if (path === file) return { contents: await javaScriptOf(path, text) };
        if (!transformed.has(path)) {
          transformed.set(path, javaScriptOf(path, readFileSync(path, 'utf8')));
        }
        return { contents: await transformed.get(path) };
      });
    },
  };
}

async function javaScriptOf(path, text) {
  const { code } = path.endsWith('.ts')
    ? await transform(text, { ...swcOptions, filename: path })
    : { code: text };
  // A file that is read beside it (../README.md) is beside it still.
  return code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
}

function edited(path, { id, edits, file }) {
  if (!existsSync(path)) throw new Error(`${id} is stale: there is no packages/${file}`);
  let text = readFileSync(path, 'utf8');
  for (const [find, replace] of edits) {
    const count = text.split(find).length - 1;
    if (count !== 1) {
      throw new Error(`${id} is stale: packages/${file} has this text ${count} times: ${find}`);
    }
    text = text.replace(find, () => replace);
  }
  return text;
}
