// Runs the property tests of core many more times: `pnpm fuzz --runs 5000000`. A fault is printed with its seed.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100000' } } });
const runs = Number(values.runs);
if (!Number.isSafeInteger(runs) || runs < 1) {
  console.error(
    `--runs: ${JSON.stringify(values.runs)} is not a number of runs; write one such as 100000`,
  );
  process.exit(2);
}
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const tests = ['parse-address', 'compile-trust', 'encodings', 'authenticate'];
const { status } = spawnSync(
  process.execPath,
  [
    ...flags,
    'node_modules/jest/bin/jest.js',
    ...['--selectProjects', 'core'],
    ...['--testPathPatterns', `core/test/(${tests.join('|')})`],
    // A day.
    ...['--testTimeout', '86400000'],
  ],
  { stdio: 'inherit', env: { ...process.env, FUZZ_RUNS: String(runs) } },
);
process.exitCode = status ?? 1;
