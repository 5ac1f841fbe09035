// Tests start servers in processes of their own, which Stryker does not know: what they reach is what the test reaches.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
const reached = join(folder, 'reached');
closeSync(openSync(reached, 'w'));
process.env.MUTATION_REACHED = reached;
process.env.MUTATION_PARENT = `${process.pid}`;
process.env.NODE_OPTIONS = `--require=${join(process.cwd(), 'scripts/mutation/child.cjs')}`;

// Before Stryker's own, which writes down what was reached.
process.prependListener('exit', () => {
  const coverage = globalThis.__stryker__?.mutantCoverage ?? { static: {}, perTest: {} };
  for (const id of readFileSync(reached, 'utf8').split('\n').filter(Boolean)) {
    coverage.static[id] ??= 1;
  }
  if (globalThis.__stryker__) globalThis.__stryker__.mutantCoverage = coverage;
  rmSync(folder, { recursive: true });
});
