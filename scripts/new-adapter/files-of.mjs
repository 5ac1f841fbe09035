import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapters, root } from '../workspace.mjs';

const template = join(import.meta.dirname, 'template');

/** The adapter whose manifest and compiler settings the new one takes over, so that it is built as all are. */
const MODEL = 'koa';

/** Gives all files of a new adapter by their paths in the repository, also those that get a line more. Writes nothing. */
export function filesOf(name) {
  const folder = `packages/${name}`;
  const files = new Map([
    [`${folder}/package.json`, manifestOf(name)],
    [`.changeset/${name}.md`, changesetOf(name)],
    ['README.md', withRow(name, readFileSync(join(root, 'README.md'), 'utf8'))],
  ]);
  for (const path of settingsOfModel()) {
    files.set(`${folder}/${path}`, readFileSync(join(root, 'packages', MODEL, path), 'utf8'));
  }
  for (const entry of readdirSync(template, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(template.length + 1);
    const home = path.startsWith('mutants/') ? 'packages/conformance' : folder;
    files.set(
      `${home}/${named(path, name)}`,
      named(readFileSync(join(template, path), 'utf8'), name),
    );
  }
  return files;
}

function named(text, name) {
  const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return text.replaceAll('__name__', name).replaceAll('__camel__', camel);
}

function settingsOfModel() {
  const own = (path) => /^tsconfig.*\.json$/.test(path.split('/').at(-1));
  const below = ['.', 'test'].flatMap((part) =>
    readdirSync(join(root, 'packages', MODEL, part)).map((file) => join(part, file)),
  );
  return below.filter(own);
}

function manifestOf(name) {
  const model = JSON.parse(readFileSync(join(root, 'packages', MODEL, 'package.json'), 'utf8'));
  const { peerDependencies: _, peerDependenciesMeta: __, ...rest } = model;
  const kept = ['@trusted-header/conformance', '@types/node'];
  const manifest = {
    ...rest,
    name: `@trusted-header/${name}`,
    version: '0.0.0',
    description: `Trusted-header SSO for ${name}: the user from your authenticating proxy, and from nobody else.`,
    devDependencies: Object.fromEntries(kept.map((each) => [each, model.devDependencies[each]])),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function changesetOf(name) {
  return `---\n"@trusted-header/${name}": minor\n---\n\nAn adapter for ${name}.\n`;
}

/** Adds the package to the table of the README, below the last adapter. */
function withRow(name, readme) {
  const lines = readme.split('\n');
  const isAdapter = (line) =>
    adapters().some((adapter) => line.startsWith(`| [\`@trusted-header/${adapter}\`]`));
  const last = lines.findLastIndex(isAdapter);
  if (last < 0) throw new Error('README.md has no table of packages with a row for an adapter');
  const widths = lines[last].split('|').map((cell) => cell.length - 2);
  const cells = [`[\`@trusted-header/${name}\`](packages/${name})`, `Adapter for ${name}.`];
  const row = cells.map((cell, i) => ` ${cell.padEnd(widths[i + 1] ?? 0)} `);
  return lines.toSpliced(last + 1, 0, `|${row.join('|')}|`).join('\n');
}
