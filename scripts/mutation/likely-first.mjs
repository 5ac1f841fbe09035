// Stryker's runner for programs, which tries a change first by the program that has noticed most changes of the same file in
// the least time.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { strykerPlugins as tapPlugins } from '@stryker-mutator/tap-runner';

const [tap] = tapPlugins;

/** In the sandbox, a line for each run of a program: what several runners have learnt. */
const LEARNT = 'mutation-learnt.txt';

const UNKNOWN = { runs: 0, red: 0, ms: 0 };

function createRunner(injector) {
  const runner = tap.factory(injector);
  let changed = '';
  return Object.assign(Object.create(runner), {
    async mutantRun(options) {
      changed = options.activeMutant.fileName;
      const learnt = learntOf(changed);
      const worth = (program) => {
        const { runs, red, ms } = learnt.get(program) ?? UNKNOWN;
        return (red + 1) / (runs + 2) / (runs === 0 ? 1 : ms / runs);
      };
      const testFilter = options.testFilter?.toSorted((a, b) => worth(b) - worth(a));
      return await runner.mutantRun.call(this, { ...options, testFilter });
    },
    async runFile(program, options) {
      const before = performance.now();
      let red = 1;
      try {
        const result = await runner.runFile.call(this, program, options);
        if (result.testResult.status === 0) red = 0;
        return result;
      } finally {
        const ms = Math.round(performance.now() - before);
        if (changed !== '') appendFileSync(LEARNT, `${changed}\t${program}\t${red}\t${ms}\n`);
      }
    },
  });
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
