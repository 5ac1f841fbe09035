import { entries } from './packed.mjs';
import { plainEnv } from './program.mjs';
import { run } from './run.mjs';

/** Loads every entry, by `import` and by `require`; Node makes one copy of both (A8). */
export function loadChecks(folder) {
  const program =
    (code, ...args) =>
    async () => {
      const { code: status, output } = await run(process.execPath, [...args, '--eval', code], {
        cwd: folder,
        env: plainEnv(),
      });
      return { faults: status === 0 ? [] : [output] };
    };
  const loadAll = (how) => entries.map((it) => `${how}('${it}');`).join('');
  // A namespace is the module: two of them are two copies.
  const both = entries.map(
    (it) =>
      `if (await import('${it}') !== require('${it}')) throw new Error('two copies of ${it}');`,
  );
  return [
    { name: 'import', run: program(loadAll('await import'), '--input-type=module') },
    { name: 'require', run: program(loadAll('require')) },
    { name: 'one copy by both', run: program(`(async () => { ${both.join('')} })()`) },
  ];
}
