// Stryker's runner for programs, which tries a change by the program first that noticed the last ones in the same file.
import { strykerPlugins as tapPlugins } from '@stryker-mutator/tap-runner';

const [tap] = tapPlugins;

function createRunner(injector) {
  const runner = tap.factory(injector);
  const noticed = new Map();
  return Object.assign(Object.create(runner), {
    async mutantRun(options) {
      const { fileName } = options.activeMutant;
      const counts = noticed.get(fileName) ?? new Map();
      noticed.set(fileName, counts);
      const countOf = (test) => counts.get(test) ?? 0;
      const testFilter = options.testFilter?.toSorted((a, b) => countOf(b) - countOf(a));
      const result = await runner.mutantRun({ ...options, testFilter });
      for (const test of result.killedBy ?? []) counts.set(test, countOf(test) + 1);
      return result;
    },
  });
}
createRunner.inject = tap.factory.inject;

export const strykerPlugins = [{ ...tap, name: 'likely-first', factory: createRunner }];
