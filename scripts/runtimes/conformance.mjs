// Runs the conformance suite for the adapters of Node's servers on Bun and Deno: built packages, the targets of each
// adapter's own test.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { conformanceCases } from '../../packages/conformance/dist/index.js';
import { root } from '../workspace.mjs';
import { bundleTest } from './bundle-test.mjs';

const TARGET = '../../test/conformance-target.ts';

/** What to import in the folder of a package, and what of it is a target; undefined where the import defines the suite itself. */
const TARGETS = {
  conformance: ["import '../../test/node.test.ts';", undefined],
  koa: [`import { koaTarget } from '${TARGET}';`, 'koaTarget'],
  express: [`import { express5Target } from '${TARGET}';`, 'express5Target'],
  fastify: [`import { fastifyTarget } from '${TARGET}';`, 'fastifyTarget'],
};

const SUITE = join(root, 'scripts/runtimes/suite.mjs');

const BUN_LIMIT = 'Bun itself answers 431 to a request with some 200 header lines or more';

const NO_CERTIFICATES = 'it does not tell of client certificates as Node does: refused at start';

const OF_THE_CONNECTION = Object.fromEntries(
  conformanceCases
    .filter(({ options }) => options?.clientCertificate && !options.clientCertificate.forwarded)
    .map(({ id }) => [id, NO_CERTIFICATES]),
);

/** Cases that cannot pass on a runtime, and why. They must fail. */
const EXPECTED_FAILURES = {
  bun: {
    ...OF_THE_CONNECTION,
    'many-headers': BUN_LIMIT,
    'stranger-padded': BUN_LIMIT,
    'claim-behind-600-lines': BUN_LIMIT,
    'claim-before-600-lines': BUN_LIMIT,
    'nobody-with-600-lines': BUN_LIMIT,
  },
  deno: OF_THE_CONNECTION,
};

/** How long a suite may take. */
const PATIENCE_MS = 180_000;

/**
 * Gives a row for each adapter and runtime, the runtimes side by side.
 *
 * @param commands How to run a file, by the name of the runtime.
 */
export async function checkConformance(commands) {
  const rows = [];
  for (const [name, [imports, target]] of Object.entries(TARGETS)) {
    const folder = join(root, 'packages', name, '.mutant', 'runtimes-web');
    mkdirSync(folder, { recursive: true });
    try {
      const runs = Object.entries(commands).map(async ([runtime, command]) => {
        const file = await bundle(folder, name, runtime, imports, target);
        const verdict = verdictOf(await run([...command, file], folder));
        const what = name === 'conformance' ? 'node:http' : name;
        return { runtime, case: `conformance of ${what}`, verdict };
      });
      rows.push(...(await Promise.all(runs)));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return rows;
}

async function bundle(folder, name, runtime, imports, target) {
  const outfile = join(folder, `${runtime}.mjs`);
  const expected = JSON.stringify(EXPECTED_FAILURES[runtime]);
  const contents = `
    import { defineConformance } from '@trusted-header/conformance';
    import { afterAll, describe, it, runSuite } from '@jest/globals';
    ${imports}
    ${target ? `defineConformance(${target}, { describe, it, afterAll });` : ''}
    await runSuite(${expected});
    process.exit();`;
  await bundleTest({ name, contents, folder, outfile, replaced: { '@jest/globals': SUITE } });
  return outfile;
}

function run([command, ...args], cwd) {
  // Clients and servers are in one process, as in a test run: that is no confused deputy.
  const env = { ...process.env, VITEST: 'true', NODE_ENV: 'production' };
  const child = spawn(command, args, { cwd, env, detached: true });
  const deadline = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), PATIENCE_MS);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(deadline);
      resolve(output);
    });
  });
}

function verdictOf(output) {
  const [, json] = /^suite (.*)$/m.exec(output) ?? [];
  if (json === undefined) return `ended early: ${output.slice(-2_000)}`;
  const { count, failures } = JSON.parse(json);
  if (count < 250) return `only ${count} cases ran`;
  return failures.length === 0
    ? 'ok'
    : failures.map(({ id, failure }) => `${id}: ${failure}`).join('\n');
}
