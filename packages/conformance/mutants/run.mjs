/**
 * Puts known bugs into bundles of the sources, and proves that the conformance suite turns red for each of them.
 *
 * Exit code 0: the suite is green on bundles without a bug, and every bug is caught by assertions. 1: one survived.
 * 2: a mutant is stale, or the suite could not run.
 *
 * Arguments: parts of ids, to run some of them only, and the bundles without a bug of what they are about.
 */
import { readdirSync } from 'node:fs';
import { adapters } from '../../../scripts/workspace.mjs';
import { plantMutant, removePlants } from './plant.mjs';
import { runPlants } from './run-plants.mjs';

const ADAPTERS = adapters();

/** The bugs of core are tried under one adapter. */
const UNDER_CORE = 'hono';

/** Adapters on node add nothing to it: its bugs are tried under two of them. */
const UNDER_NODE = ['hono', 'koa'];

/** Those with session objects of their own. */
const WITH_SESSIONS = ['express', 'koa', 'fastify', 'hono'];

const wanted = process.argv.slice(2);
const known = await Promise.all(
  readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('-mutants.mjs'))
    .map((file) => import(`./${file}`)),
);
const mutants = known
  .flatMap((lists) => Object.values(lists).flat())
  .filter(({ id }) => wanted.length === 0 || wanted.some((text) => id.includes(text)));
const changed = new Set(mutants.map(({ file }) => file.split('/')[0]));
const control = {
  why: 'no bug: shows that a bundle works like the original',
  edits: [],
  caughtBy: undefined,
};
const controls = [
  ...['core', 'node', ...ADAPTERS].map((name) => ({
    ...control,
    id: `control-${name}`,
    file: `${name}/src/index.ts`,
  })),
  ...['login', ...WITH_SESSIONS].map((name) => ({
    ...control,
    id: `control-login-of-${name}`,
    file: `${name}/src/index.ts`,
    suite: 'login',
  })),
].filter(({ file }) => wanted.length === 0 || changed.has(file.split('/')[0]));

removePlants();
const started = Date.now();
try {
  const plants = [...controls, ...mutants].flatMap((mutant) =>
    ADAPTERS.filter((adapter) => isUnder(mutant, adapter)).map((adapter) =>
      plantMutant(mutant, adapter),
    ),
  );
  report(plants, await runPlants(plants));
} catch (error) {
  console.error(`test:mutants: ${error.message}`);
  process.exitCode = 2;
} finally {
  removePlants();
}

/** Tells whether to try a file under an adapter: its own, node's under two, core's and login's under one. */
function isUnder({ file, under = WITH_SESSIONS[0] }, adapter) {
  const [name] = file.split('/');
  if (name === 'core') return adapter === UNDER_CORE;
  if (name === 'login') return adapter === under;
  return name === adapter || (name === 'node' && UNDER_NODE.includes(adapter));
}

function report(plants, results) {
  const verdicts = plants.map((plant) => ({ plant, ...judge(plant, results.get(plant.key)) }));
  const width = Math.max(...plants.map(({ key }) => key.length));
  for (const { plant, isGood, text } of verdicts) {
    console.log(`${isGood ? 'ok  ' : 'FAIL'}  ${plant.key.padEnd(width)}  ${text}`);
  }
  const bad = verdicts.filter(({ isGood }) => !isGood);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `\n${mutants.length} known bugs, ${plants.length} runs (with controls), ${seconds} s`,
  );
  console.log(
    bad.length === 0
      ? 'every bug was caught, and bundles without one conform'
      : `${bad.length} of ${plants.length} runs went wrong`,
  );
  if (bad.length > 0) process.exitCode = 1;
}

/** Only failed assertions count: a suite that could not run has caught nothing. */
function judge({ mutant }, result) {
  if (result.total === 0) {
    return { isGood: false, text: `the suite could not run: ${result.message}` };
  }
  const { failed, total } = result;
  if (mutant.caughtBy === undefined) {
    const names = failed.length > 0 ? `: ${failed.slice(0, 5).join(', ')}` : '';
    return { isGood: failed.length === 0, text: `${describe(failed, total)}${names}` };
  }
  if (failed.length === 0) return { isGood: false, text: `SURVIVED: ${mutant.why}` };
  if (!failed.includes(mutant.caughtBy)) {
    const others = failed.slice(0, 3).join(', ');
    return { isGood: false, text: `${others} fail; but not ${mutant.caughtBy}` };
  }
  return { isGood: true, text: `${describe(failed, total)}: ${mutant.why}` };
}

function describe(failed, total) {
  return failed.length === 0
    ? `all ${total} cases pass`
    : `${failed.length} of ${total} cases fail`;
}
