// A program takes longer to start than most tests do: those that leave the process as it is can run in one with others.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { costOf } from './test-files.mjs';

/** In the sandbox. */
const PROGRAM = /(packages\/[^/]+)\/mutation\/(\S+)\.mjs/;

/** The clock and the output of this process, what stands in for something else, and what is done around all tests. */
const ALONE = /diagnostics_channel|\bjest\.|\bprocess\.|^(?:before|after)(?:Each|All)\(/m;

/** Tells whether a program can share a process with others, by the test that it is made of. */
export function canShare(program) {
  const [, folder, test] = PROGRAM.exec(program) ?? [];
  if (folder === undefined) return false;
  const text = readFileSync(join(folder, 'test', `${test}.ts`), 'utf8');
  return costOf(text) === 0 && !ALONE.test(text);
}

/** Writes one program of several, in the place of what this process has written before, and gives its name. */
export function writeTogether(programs) {
  const [, folder] = PROGRAM.exec(programs[0]);
  const imports = programs.map((program) => `import './${PROGRAM.exec(program)[2]}.mjs';\n`);
  const program = `${folder}/mutation/together-${process.pid}.mjs`;
  writeFileSync(program, imports.join(''));
  return program;
}

/** Finds the name of a program in what a red test is called: see test-globals.mjs. */
export function programIn(text) {
  return PROGRAM.exec(text ?? '')?.[0];
}
