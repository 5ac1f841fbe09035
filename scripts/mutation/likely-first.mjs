// Stryker's runner for programs. It tries a change first by the program that has noticed most changes of the same file in the
// least time, and what the likely ones have not noticed by all others that can share a process.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { strykerPlugins as tapPlugins } from '@stryker-mutator/tap-runner';
import { canShare, programIn, writeTogether } from './together.mjs';

const [tap] = tapPlugins;

/** In the sandbox, a line for each run of a program: what several runners have learnt. */
const LEARNT = 'mutation-learnt.txt';

const UNKNOWN = { runs: 0, red: 0, ms: 0 };

/** So many are tried by themselves. */
const LIKELY = 3;

function createRunner(injector) {
  const runner = tap.factory(injector);
  let changed = '';
  let sharing = [];
  /** What the programs are whose names say nothing. */
  const contents = new Map();

  /** Makes one program of several. */
  function together(programs) {
    if (programs.length < 2) return programs;
    const program = writeTogether(programs);
    contents.set(program, programs);
    return [program];
  }

  return Object.assign(Object.create(runner), {
    async init() {
      await runner.init();
      sharing = runner.testFiles.filter(canShare);
    },
    async dryRun(options) {
      const result = await runner.dryRun(options);
      if (result.status !== 'complete') return result;
      for (const program of together(sharing)) {
        const { testResult } = await runner.runFile(program, { disableBail: true, dryRun: true });
        // It would notice whatever is tried.
        if (testResult.status !== 0) {
          throw new Error(`tests that share a process are red in it: ${testResult.failureMessage}`);
        }
      }
      return result;
    },
    async mutantRun(options) {
      changed = options.activeMutant.fileName;
      const learnt = learntOf(changed);
      const worth = (program) => {
        const { runs, red, ms } = learnt.get(program) ?? UNKNOWN;
        return (red + 1) / (runs + 2) / (runs === 0 ? 1 : ms / runs);
      };
      const tests = options.testFilter ?? runner.testFiles;
      const sorted = tests.toSorted((a, b) => worth(b) - worth(a));
      const [likely, others] = [sorted.slice(0, LIKELY), sorted.slice(LIKELY)];
      const testFilter = [
        ...likely,
        ...together(sharing.filter((program) => others.includes(program))),
        ...others.filter((program) => !sharing.includes(program)),
      ];
      return await runner.mutantRun.call(this, { ...options, testFilter });
    },
    async runFile(program, options) {
      const before = performance.now();
      const programs = contents.get(program) ?? [program];
      let red = program;
      try {
        const { testResult, coverage } = await runner.runFile.call(this, program, options);
        red = testResult.status === 0 ? '' : (programIn(testResult.failureMessage) ?? program);
        const id = red || program;
        return { testResult: { ...testResult, id, name: id, fileName: id }, coverage };
      } finally {
        const ms = Math.round((performance.now() - before) / programs.length);
        if (changed !== '') appendFileSync(LEARNT, linesOf(programs, red, ms));
      }
    },
  });

  function linesOf(programs, red, ms) {
    const line = (program) => `${changed}\t${program}\t${Number(program === red)}\t${ms}\n`;
    return programs.map(line).join('');
  }
}
createRunner.inject = tap.factory.inject;

function learntOf(file) {
  const learnt = new Map();
  const lines = existsSync(LEARNT) ? readFileSync(LEARNT, 'utf8').split('\n') : [];
  for (const line of lines) {
    const [changed, program, red, time] = line.split('\t');
    if (changed !== file) continue;
    const known = learnt.get(program) ?? UNKNOWN;
    learnt.set(program, {
      runs: known.runs + 1,
      red: known.red + Number(red),
      ms: known.ms + Number(time),
    });
  }
  return learnt;
}

export const strykerPlugins = [{ ...tap, name: 'likely-first', factory: createRunner }];
