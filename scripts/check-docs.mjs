// Compiles every fenced `ts` block of the READMEs and doc comments, and checks that relative links lead somewhere, and that the
// README names every package. Arguments: beginnings of paths, to look at some of them only.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { publicPackages, root } from './workspace.mjs';

const only = process.argv.slice(2);
const FENCE = /```ts\n([\s\S]*?)```/g;

/** Pages and sources that are tracked or new, without what is built. */
const files = execFileSync(
  'git',
  [
    'ls-files',
    '-co',
    '--exclude-standard',
    '*.md',
    ':!packages/*/api',
    // Its names stand for those of a package that is not there.
    ':!scripts/new-adapter/template',
    'packages/*/src/*.ts',
  ],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))
  .filter((file) => only.length === 0 || only.some((path) => file.startsWith(path)))
  // Reports of declarations are no examples.
  .filter((file) => !file.startsWith('.changeset/') && !file.endsWith('.api.md'));

/** The code blocks of a file; those in doc comments lose their leading asterisks. */
function blocksOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const plain = file.endsWith('.md') ? text : text.replace(/^ *\*( |$)/gm, '');
  return [...plain.matchAll(FENCE)].map(([, code]) => code);
}

/** What every adapter knows: an example with it is about something else. */
const SHARED = ['core', 'node', 'login'];

/** An example compiles inside its own package, which knows its framework, or that of the adapter which it imports first. */
function homeOf(code, file) {
  const names = [...code.matchAll(/from '@trusted-header\/([a-z-]+)/g)].map(([, name]) => name);
  const own = /^packages\/([^/]+)\//.exec(file)?.[1];
  // Its folder knows the frameworks of its stand-ins, and nobody else's knows it.
  if (names.includes('testing')) return 'testing';
  const isShared = (name) => SHARED.includes(name);
  if (names.includes(own) && !isShared(own)) return own;
  return names.find((name) => !isShared(name)) ?? own ?? names[0] ?? 'core';
}

function brokenLinks(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
    .map(([, link]) => link)
    .filter((link) => !existsSync(join(root, dirname(file), link)))
    .map((link) => `${file}: the link ${link} leads nowhere`);
}

/** Whoever looks for a package looks there first. */
function unnamedPackages() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  return publicPackages()
    .filter(({ manifest, name }) => !readme.includes(`[\`${manifest.name}\`](packages/${name})`))
    .map(({ manifest }) => `README.md does not name ${manifest.name}`);
}

const folders = new Set();
const faults = files.filter((file) => file.endsWith('.md')).flatMap(brokenLinks);
faults.push(...unnamedPackages());
let count = 0;
try {
  for (const file of files) {
    for (const [i, code] of blocksOf(file).entries()) {
      const folder = join(root, 'packages', homeOf(code, file), '.docs');
      folders.add(folder);
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        join(folder, `${file.replaceAll(/[/.]/g, '-')}-${i}.ts`),
        `// ${file}\n${code}\nexport {};\n`,
      );
      count++;
    }
  }
  for (const folder of folders) {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../../tsconfig.base.json',
        compilerOptions: {
          noEmit: true,
          // As applications have it: the types of next-auth cannot be named elsewhere.
          declaration: false,
          declarationMap: false,
          types: ['node'],
          lib: ['ES2022', 'DOM'],
          noUnusedLocals: false,
          experimentalDecorators: true,
        },
        include: ['*.ts'],
      }),
    );
    try {
      execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      faults.push(`${relative(root, folder)}:\n${error.stdout}`);
    }
  }
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`${count} examples compiled, ${files.length} files read, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
