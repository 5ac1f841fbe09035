import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runAssertion } from './assertion/run-assertion.js';
import { runDecision } from './decision/run-decision.js';
import { formatResults } from './format-results.js';
import { runFrameworks } from './frameworks/run-frameworks.js';
import type { Results } from './results.js';
import { FULL, QUICK, type Settings } from './settings.js';
import { runSizes } from './sizes/run-sizes.js';
import { runTrust } from './trust/run-trust.js';

const PARTS = {
  trust: runTrust,
  decision: runDecision,
  assertion: runAssertion,
  frameworks: runFrameworks,
  sizes: runSizes,
} as const satisfies Record<string, (settings: Settings) => Promise<unknown>>;

// Garbage can only be counted where it can be collected on demand.
if (!global.gc) {
  const file = fileURLToPath(import.meta.url);
  const args = ['--expose-gc', file, ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1);
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const { quick, only } = values;
if (only !== undefined && !Object.hasOwn(PARTS, only)) {
  console.error(`--only ${only}: is not a part; write ${Object.keys(PARTS).join(', ')}`);
  process.exit(1);
}

const settings = quick ? QUICK : FULL;
const wanted = (part: keyof typeof PARTS): boolean => only === undefined || only === part;
const results: Results = {
  machine: {
    node: process.versions.node,
    cpu: cpus()[0]?.model.trim() ?? 'an unknown processor',
    cores: availableParallelism(),
  },
  quick,
  ...(wanted('trust') && { trust: await runTrust(settings) }),
  ...(wanted('decision') && { decision: await runDecision(settings) }),
  ...(wanted('assertion') && { assertion: await runAssertion(settings) }),
  ...(wanted('frameworks') && { frameworks: await runFrameworks(settings) }),
  ...(wanted('sizes') && { sizes: await runSizes(settings) }),
};
const text = formatResults(results);
console.log(text);
// What is kept is a whole run: a part of one is for looking at.
if (!quick && only === undefined) {
  const folder = new URL('../results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('latest.json', folder), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(new URL('README.md', folder), text);
}
process.exit(0);
