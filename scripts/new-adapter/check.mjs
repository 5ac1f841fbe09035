// Makes an adapter in a copy of the repository, and asks of it what is asked of all: lint, types, its examples, what it exports,
// the conformance suite, and that the bugs planted in it are caught. And that a name which is none leaves nothing behind.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../workspace.mjs';

const NAME = 'of-tomorrow';

/** What is no name, and what must be said about it. */
const BAD_NAMES = [
  [['koa'], 'packages/koa is there already'],
  [['Koa'], 'is no name for a package'],
  [['../koa'], 'is no name for a package'],
  [['of--tomorrow'], 'is no name for a package'],
  [['of-tomorrow-'], 'is no name for a package'],
  [[''], 'is no name for a package'],
  [['a'.repeat(41)], 'the name has 41 characters'],
  [['app-koa'], "of an app's tests"],
  [[], 'one name is needed, not 0'],
  [['of', 'tomorrow'], 'one name is needed, not 2'],
  [['of-tomorrow', '--force'], 'there is no option --force'],
];

const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

const copy = realpathSync(mkdtempSync(join(tmpdir(), 'trusted-header-new-adapter-')));
const folder = join(copy, 'packages', NAME);
let faults = 0;
try {
  const homes = copyRepository();
  for (const [args, expected] of BAD_NAMES) refuses(args, expected);
  leavesNothingHalfWritten();
  check('is made', 'node', 'scripts/new-adapter/main.mjs', NAME, '--no-install');
  // Biome follows no link that leads out of the repository: it looks before there are any.
  check('is linted', 'biome', 'check', '--error-on-warnings', 'packages', 'README.md');
  linkWhatIsThere(homes);
  install();
  check('keeps the layers', 'node', 'scripts/check-layers.mjs');
  check('has the versions of the others', 'sherif');
  const { build, typecheck } = readManifest(folder).scripts;
  checkIn(folder, 'is built', 'sh', '-c', build);
  checkIn(folder, 'has types', 'sh', '-c', typecheck);
  check('reports what it exports', 'node', 'scripts/check-api.mjs', '--write', NAME);
  check('has examples that compile', 'node', 'scripts/check-docs.mjs', `packages/${NAME}/`);
  check('passes its tests', 'node', ...JEST, '--selectProjects', NAME);
  check('has bugs that are caught', 'node', 'packages/conformance/mutants/run.mjs', NAME);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = faults > 0 ? 1 : 0;

/** Copies what is tracked or new. Gives the folders of all packages. */
function copyRepository() {
  const files = git(root, 'ls-files', '-co', '--exclude-standard', '-z').split('\0');
  for (const file of files.filter((each) => each !== '' && existsSync(join(root, each)))) {
    mkdirSync(join(copy, dirname(file)), { recursive: true });
    cpSync(join(root, file), join(copy, file), { verbatimSymlinks: true });
  }
  git(copy, 'init', '--quiet');
  git(copy, 'add', '--all');
  return files.filter((file) => /(^|\/)package\.json$/.test(file)).map(dirname);
}

/** Links what is installed and built here: nothing in the copy installs or builds another package. */
function linkWhatIsThere(homes) {
  for (const path of homes.flatMap((home) => [join(home, 'node_modules'), join(home, 'dist')])) {
    if (existsSync(join(root, path))) symlinkSync(join(root, path), join(copy, path));
  }
}

/** What `pnpm install` would put there. */
function install() {
  const { dependencies, devDependencies } = readManifest(folder);
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    const own = /^@trusted-header\/(.+)$/.exec(name)?.[1];
    symlinkSync(own ? join(copy, 'packages', own) : join(root, 'node_modules', name), link);
  }
}

function refuses(args, expected) {
  const { status, stderr } = run(
    copy,
    'node',
    'scripts/new-adapter/main.mjs',
    ...args,
    '--no-install',
  );
  const changed = git(copy, 'status', '--porcelain')
    .split('\n')
    .filter((line) => !line.startsWith('A '));
  const isLeft = changed.join('') !== '';
  if (status !== 1 || !stderr.includes(expected) || isLeft) {
    tell(`refuses ${JSON.stringify(args)}`, false, `${stderr}\n${changed.join('\n')}`);
  }
}

/** A file stands where a folder is to be made: after other files have been written. */
function leavesNothingHalfWritten() {
  const mutants = join(copy, 'packages/conformance/mutants');
  const file = join(mutants, `${NAME}-mutants.mjs`);
  mkdirSync(file);
  refuses([NAME], 'nothing is written');
  rmSync(file, { recursive: true });
  tell('is refused, and leaves nothing behind', faults === 0, '');
}

function check(title, command, ...args) {
  checkIn(copy, title, command, ...args);
}

function checkIn(cwd, title, command, ...args) {
  const started = Date.now();
  const { status, stdout, stderr } = run(cwd, command, ...args);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  tell(`${title} (${seconds} s)`, status === 0, `${stdout}\n${stderr}`);
}

function tell(title, isGood, output) {
  console.log(`${isGood ? 'ok  ' : 'FAIL'}  ${title}`);
  if (isGood) return;
  faults++;
  console.error(output);
}

function run(cwd, command, ...args) {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  return spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PATH: path },
  });
}

function git(cwd, ...args) {
  return execFileSync('git', args, { cwd, encoding: 'utf8' });
}

function readManifest(where) {
  return JSON.parse(readFileSync(join(where, 'package.json'), 'utf8'));
}
