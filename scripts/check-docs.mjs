// Compiles every fenced `ts` block of the READMEs and doc comments with what the README tells to install, starts the first example of
// each adapter, and checks that relative links lead somewhere, that commands name packages of ours, and that the README names every
// package. Arguments: beginnings of paths, to look at some of them only.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileExamples } from './docs/compile-examples.mjs';
import { listFiles } from './docs/read-examples.mjs';
import { runExample } from './docs/run-examples.mjs';
import { ruleFaults, textFaults } from './docs/text-faults.mjs';
import { publicPackages } from './workspace.mjs';

/** Files in which somebody may find a command. */
const TEXTS = ['md', 'ts', 'tsx', 'mts', 'mjs', 'js', 'vue', 'yaml', 'yml', 'sh', 'txt', 'caddy'];

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const only = process.argv.slice(2);
const isWanted = (file) => only.length === 0 || only.some((path) => file.startsWith(path));
// The names of a template stand for those of a package that is not there.
const pages = listFiles(root, '*.md', ':!.changeset', ':!scripts/new-adapter/template').filter(
  isWanted,
);
const sources = listFiles(root, 'packages/*/src/*.ts').filter(isWanted);
const texts = listFiles(root, ...TEXTS.map((ending) => `*.${ending}`), ':!scripts/docs/*').filter(
  isWanted,
);

function faultsOfText(file) {
  return textFaults(file, readFileSync(join(root, file), 'utf8'));
}

function brokenLinks(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/```[\s\S]*?```/g, '');
  // What begins with a slash is the site's, which looks at its own links when it is built.
  return [...text.matchAll(/\]\((?!https?:|#|mailto:|\/)([^)#\s]+)/g)]
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

const into = mkdtempSync(join(tmpdir(), 'check-docs-'));
const faults = [
  ...ruleFaults(),
  ...texts.flatMap(faultsOfText),
  ...pages.flatMap(brokenLinks),
  ...unnamedPackages(),
];
try {
  const compiled = compileExamples(root, [...pages, ...sources], into);
  faults.push(...compiled.faults);
  for (const { file, folder, name } of compiled.applications) {
    const seen = await runExample(folder, name);
    faults.push(...seen.map((fault) => `${file}: its first example, run as printed: ${fault}`));
  }
  console.log(`${compiled.count} examples compiled, ${pages.length + sources.length} files read`);
  console.log(
    `${compiled.applications.length} first examples started and asked: ${compiled.applications.map(({ file }) => file).join(', ')}`,
  );
} finally {
  if (!process.env.KEEP) rmSync(into, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
