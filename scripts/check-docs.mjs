// Compiles every fenced `ts` block of the READMEs and doc comments, and checks that relative links lead somewhere.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileExamples } from './docs/compile-examples.mjs';
import { listFiles } from './docs/read-examples.mjs';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const pages = listFiles(root, '*.md', ':!.changeset');
const sources = listFiles(root, 'packages/*/src/*.ts');

function brokenLinks(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/```[\s\S]*?```/g, '');
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
    .map(([, link]) => link)
    .filter((link) => !existsSync(join(root, dirname(file), link)))
    .map((link) => `${file}: the link ${link} leads nowhere`);
}

const into = mkdtempSync(join(tmpdir(), 'check-docs-'));
const faults = pages.flatMap(brokenLinks);
try {
  const compiled = compileExamples(root, [...pages, ...sources], into);
  faults.push(...compiled.faults);
  console.log(`${compiled.count} examples compiled, ${pages.length + sources.length} files read`);
} finally {
  if (!process.env.KEEP) rmSync(into, { recursive: true, force: true });
}
for (const fault of faults) console.error(fault);
console.log(`${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
