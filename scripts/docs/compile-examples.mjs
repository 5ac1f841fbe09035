// Compiles the examples of a page in a folder that has what the page tells to install, so that they compile for its readers.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeRoom } from './make-room.mjs';
import { examplesOf, importsOf, installsOf } from './read-examples.mjs';
import { isApplication } from './run-examples.mjs';

/** What every adapter knows: an example with it is about something else. */
const SHARED = ['core', 'node', 'login'];

/**
 * Writes the examples of all files into folders below `into`, and compiles them into `out` there: those of a README and of its
 * package's doc comments with what the README installs; those of other pages with what they install and what the README of the
 * package installs that they import first. Gives the applications among them, too.
 */
export function compileExamples(root, files, into) {
  const faults = [];
  const rooms = new Map();
  const applications = [];
  let count = 0;
  for (const file of files) {
    for (const [i, { ending, code }] of examplesOf(root, file).entries()) {
      const pages = pagesOf(root, file, code);
      const key = pages.join(' ');
      const room = rooms.get(key) ?? openRoom(root, join(into, String(rooms.size)), pages, faults);
      rooms.set(key, room);
      for (const name of importsOf(code)) room.imports.add(name);
      const name = `${file.replaceAll(/[/.]/g, '-')}-${i}`;
      writeFileSync(join(room.folder, `${name}.${ending}`), `// ${file}\n${code}\nexport {};\n`);
      if (file.endsWith('README.md') && isFirst(file, i) && isApplication(code)) {
        applications.push({ file, folder: room.folder, name: `${name}.js` });
      }
      if (isWelcome(file, i, code) && !isApplication(code)) {
        faults.push(
          `${file}: its first example is no whole application that says Hello to its user`,
        );
      }
      count++;
    }
  }
  for (const [key, { folder, names, imports }] of rooms) {
    const missing = [...imports].filter((name) => !names.includes(name));
    if (missing.length > 0) {
      faults.push(`${key}: examples import what no "npm install" names: ${missing.join(' ')}`);
    }
    const output = compile(root, folder);
    if (output) faults.push(`with what ${key} installs:\n${output}`);
  }
  return { count, faults, applications };
}

/** The first example of an adapter: what newcomers paste. */
function isWelcome(file, i, code) {
  const own = /^packages\/([^/]+)\/README\.md$/.exec(file)?.[1];
  const calls =
    /\b(?:trustedHeader(?! as)|TrustedHeaderModule)\b[^']*from '@trusted-header\/([a-z-]+)'/;
  return i === 0 && own !== undefined && calls.exec(code)?.[1] === own;
}

/** The front page shows two frameworks; any other page is about one. */
function isFirst(file, i) {
  return i === 0 || file === 'README.md';
}

/** The pages whose install lines somebody has followed who reads this example. */
function pagesOf(root, file, code) {
  const own = /^packages\/[^/]+\//.exec(file)?.[0];
  if (own && existsSync(join(root, own, 'README.md'))) return [`${own}README.md`];
  const names = importsOf(code)
    .filter((name) => name.startsWith('@trusted-header/'))
    .map((name) => name.replace('@trusted-header/', ''));
  const home = names.find((name) => !SHARED.includes(name)) ?? names[0];
  if (file.endsWith('README.md') || home === undefined) return [file];
  return [file, `packages/${home}/README.md`];
}

function openRoom(root, folder, pages, faults) {
  const names = installsOf(pages.map((page) => readFileSync(join(root, page), 'utf8')).join('\n'));
  mkdirSync(folder, { recursive: true });
  for (const name of makeRoom(root, folder, names)) {
    faults.push(`${pages[0]}: nobody in the workspace has ${name}, so nothing with it is compiled`);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        outDir: 'out',
        jsx: 'react-jsx',
        // As applications have it: the types of next-auth cannot be named elsewhere.
        declaration: false,
        declarationMap: false,
        types: names.flatMap((name) => (name.startsWith('@types/') ? [name.slice(7)] : [])),
        lib: ['ES2022', 'DOM'],
        noUnusedLocals: false,
        experimentalDecorators: true,
        emitDecoratorMetadata: true,
      },
      include: ['*.ts', '*.tsx'],
    }),
  );
  return { folder, names, imports: new Set() };
}

function compile(root, folder) {
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return undefined;
  } catch (error) {
    return error.stdout;
  }
}
