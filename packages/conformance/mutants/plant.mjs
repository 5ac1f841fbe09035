import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packagesFolder = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Copies the sources that a mutant is about, with the bug in them, and the adapter's conformance test to run on them.
 *
 * Copies live in `.mutant/` of the package that they are copies of, so that its dependencies resolve.
 */
export function plantMutant(mutant, adapter) {
  const [changed, ...path] = mutant.file.split('/');
  const key = `${mutant.id}${changed === adapter ? '' : `@${adapter}`}`;
  const home = copyOf(adapter, key);
  cpSync(join(packagesFolder, adapter, 'src'), join(home, 'src'), { recursive: true });
  cpSync(join(packagesFolder, adapter, 'test'), join(home, 'test'), {
    recursive: true,
    filter: (file) => !file.endsWith('.test.ts') || file.endsWith(testOf(mutant)),
  });
  if (mutant.caughtBy !== undefined) runOnly(mutant.caughtBy, join(home, 'test', testOf(mutant)));
  const sources = copyOf(changed, key);
  if (changed !== adapter) {
    cpSync(join(packagesFolder, changed, 'src'), join(sources, 'src'), { recursive: true });
  }
  edit(join(sources, ...path), mutant);
  return { key, mutant, home, changed, sources };
}

/** Removes all copies, also those of an earlier run. */
export function removePlants() {
  for (const name of readdirSync(packagesFolder)) {
    rmSync(join(packagesFolder, name, '.mutant'), { recursive: true, force: true });
  }
}

/** Bugs of the login are caught by the login's cases, and all others by the adapters'. */
function testOf({ suite = 'conformance' }) {
  return `/${suite}.test.ts`;
}

/** A bug must be caught by the case that is named: the others would take most of the time. */
function runOnly(id, file) {
  const text = readFileSync(file, 'utf8');
  const imported = /\bit\b(?=[^}]*} from '@jest\/globals';)/;
  if (!imported.test(text)) throw new Error(`${file} does not import it from @jest/globals`);
  const only = `const it = (name, run) => name.split(/[: ]/)[0] === '${id}' && every(name, run);`;
  writeFileSync(file, `${only}\n${text.replace(imported, 'it as every')}`);
}

function copyOf(name, key) {
  return join(packagesFolder, name, '.mutant', key);
}

function edit(file, { id, edits, file: name }) {
  if (!existsSync(file)) throw new Error(`${id} is stale: there is no packages/${name}`);
  let text = readFileSync(file, 'utf8');
  for (const [find, replace] of edits) {
    const count = text.split(find).length - 1;
    if (count !== 1) {
      throw new Error(`${id} is stale: packages/${name} has this text ${count} times: ${find}`);
    }
    text = text.replace(find, () => replace);
  }
  writeFileSync(file, text);
}
