import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root of the repository. */
export const root = new URL('..', import.meta.url).pathname;

/** The packages, by their folder's name: what scripts go through in the place of lists of their own. */
export function packages() {
  return readdirSync(join(root, 'packages'))
    .map((name) => ({ name, folder: join(root, 'packages', name) }))
    .filter(({ folder }) => existsSync(join(folder, 'package.json')))
    .map((found) => ({
      ...found,
      manifest: JSON.parse(readFileSync(join(found.folder, 'package.json'), 'utf8')),
    }));
}

/** Those that are published. */
export function publicPackages() {
  return packages().filter(({ manifest }) => !manifest.private);
}

/** The names of the adapters: they show the conformance suite an application. */
export function adapters() {
  return packages()
    .filter(({ folder }) => existsSync(join(folder, 'test/conformance-target.ts')))
    .map(({ name }) => name);
}
