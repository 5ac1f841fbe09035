// What the pages and the doc comments say: their code blocks, their install lines, the packages that a block imports.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';

/** Pages, changesets and sources that are tracked or new, without what is built and without reports of declarations. */
export function listFiles(root, ...patterns) {
  return execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)) && !file.endsWith('.api.md'));
}

/** The `ts` and `tsx` blocks of a file, in order; those in doc comments lose their leading asterisks. */
export function examplesOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  const plain = file.endsWith('.md') ? text : text.replace(/^ *\*( |$)/gm, '');
  return [...plain.matchAll(/```(tsx?)\n([\s\S]*?)```/g)].map(([, ending, code]) => ({
    ending,
    code,
  }));
}

/** What somebody has installed who begins with this. */
const SKELETONS = [
  [
    /\bnpx create-next-app\b/,
    // @types/react-dom too, which nobody here has and no example needs.
    ['next', 'react', 'react-dom', '@types/node', '@types/react'],
  ],
  [
    /\bnpx @nestjs\/cli new\b/,
    [
      '@nestjs/common',
      '@nestjs/core',
      '@nestjs/platform-express',
      'reflect-metadata',
      'rxjs',
      '@types/express',
      '@types/node',
    ],
  ],
];

/**
 * The packages that a page tells to install, without versions: in `npm install` lines of `sh` blocks and of the text, and by a
 * skeleton.
 */
export function installsOf(text) {
  const lines = [...text.matchAll(/\bnpm (?:install|i|add)((?: +[@\w./-]+)+)/g)];
  const named = lines.flatMap(([, rest]) => rest.trim().split(/ +/)).map(withoutVersion);
  const begun = SKELETONS.flatMap(([command, names]) => (command.test(text) ? names : []));
  return [...new Set([...named, ...begun])].filter((word) => !word.startsWith('-')).sort();
}

/** The packages that a block imports. */
export function importsOf(code) {
  const found = [...code.matchAll(/\b(?:from|import|import\()\s*'([^'.][^']*)'/g)];
  const packages = found.map(([, specifier]) => specifier).filter((name) => !isBuiltin(name));
  return [
    ...new Set(packages.map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'))),
  ];
}

function withoutVersion(word) {
  return word.replace(/(?<=.)@.*$/, '');
}
