// A folder as a reader of a page has it: the packages that the page tells to install, and nothing that they need themselves.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Makes the folder. A package of ours is a copy of what is published, and finds its dependencies and peers beside itself, as pnpm
 * would have it; another is a link into the workspace. Gives the names that the workspace does not know.
 */
export function makeRoom(root, folder, names) {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules, { recursive: true });
  return names.filter((name) => {
    const target = ours(root, name) ? store(root, modules, name) : find(root, name);
    if (target) link(target, join(modules, name));
    return target === undefined;
  });
}

function ours(root, name) {
  const folder = join(root, 'packages', name.replace('@trusted-header/', ''));
  return name.startsWith('@trusted-header/') && existsSync(folder) ? folder : undefined;
}

/** Puts a package of ours, and those of ours that it depends on, where only its dependencies are beside it. */
function store(root, modules, name) {
  const from = ours(root, name);
  const beside = join(modules, '.store', name.replace('/', '+'), 'node_modules');
  const to = join(beside, name);
  if (existsSync(to)) return to;
  mkdirSync(to, { recursive: true });
  const { files } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  for (const part of ['package.json', ...files.filter((path) => path !== 'src')]) {
    cpSync(join(from, part), join(to, part), { recursive: true });
  }
  for (const needed of neededBy(from)) {
    const target = ours(root, needed)
      ? store(root, modules, needed)
      : join(from, 'node_modules', needed);
    link(target, join(beside, needed));
  }
  return to;
}

/** Its dependencies, and the peers that package managers install with it. */
function neededBy(from) {
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = manifest;
  const peers = Object.keys(peerDependencies).filter(
    (name) => !peerDependenciesMeta[name]?.optional,
  );
  return [...Object.keys(dependencies), ...peers];
}

/** A package that anything in the workspace has installed. */
function find(root, name) {
  const folders = [root];
  for (const group of ['packages', 'apps']) {
    for (const folder of readdirSync(join(root, group))) folders.push(join(root, group, folder));
  }
  return folders
    .map((folder) => join(folder, 'node_modules', name))
    .find((folder) => existsSync(join(folder, 'package.json')));
}

function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(target, path, 'junction');
}
