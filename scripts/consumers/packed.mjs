// What all consumers install: the public packages, packed as a release would pack them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = new URL('../..', import.meta.url).pathname;

/** The manifests of the public packages. */
export const manifests = readdirSync(join(root, 'packages'))
  .map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')))
  .filter((manifest) => !manifest.private);

/** Every entry that somebody can import: `@trusted-header/core`, `@trusted-header/core/profiles` … */
export const entries = manifests.flatMap(({ name, exports }) =>
  Object.keys(exports).map((path) => name + path.slice(1)),
);

/** Packs them into a folder, and gives where each is: `{ '@trusted-header/core': 'file:/…/trusted-header-core-1.0.0.tgz' }`. */
export function pack(folder) {
  const filters = manifests.flatMap(({ name }) => ['--filter', name]);
  pnpm(root, ...filters, 'pack', '--pack-destination', folder);
  return Object.fromEntries(
    manifests.map(({ name, version }) => [
      name,
      `file:${join(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`)}`,
    ]),
  );
}

/** Gives the names of packages with all of ours that they depend on: a package manager would find them by itself once published. */
export function closure(names) {
  const found = new Set();
  const add = (name) => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies = {} } = manifests.find((manifest) => manifest.name === name);
    for (const each of Object.keys(dependencies))
      if (each.startsWith('@trusted-header/')) add(each);
  };
  for (const name of names) add(`@trusted-header/${name}`);
  return [...found];
}

export function pnpm(cwd, ...args) {
  execFileSync('npx', ['--yes', 'pnpm@10.34.8', ...args], { cwd, stdio: 'pipe' });
}
