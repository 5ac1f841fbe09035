// Decides every IPv4 address there is, as text, for five lists of trusted proxies, and compares with ranges of numbers.
// usage: every-ipv4.mjs [--from 0] [--to 65535], blocks of a /16
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { root } from './workspace.mjs';

const BLOCKS = 65_536;
const ADDRESSES = 65_536;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: String(BLOCKS - 1) },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const [from, to, workers] = [values.from, values.to, values.workers].map(Number);
const isBlock = (block) => Number.isSafeInteger(block) && block >= 0 && block < BLOCKS;
if (![from, to].every(isBlock) || from > to) {
  console.error(
    '--from and --to are numbers of blocks, the smaller first: 0 is 0.0.0.0/16, 65535 is 255.255.0.0/16',
  );
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'every-ipv4-'));
const program = join(folder, 'worker.mjs');
const started = performance.now();
let next = from;
let asked = 0;
let wrong = 0;
try {
  await build({
    entryPoints: [join(root, 'packages/core/test/every-ipv4/worker.ts')],
    outfile: program,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    nodePaths: [join(root, 'packages/core/node_modules')],
  });
  await Promise.all(Array.from({ length: workers }, oneWorker));
} finally {
  rmSync(folder, { recursive: true });
}
const seconds = (performance.now() - started) / 1000;
console.log(
  `${asked * ADDRESSES} addresses for each list in ${Math.round(seconds)} s, ${wrong} differences`,
);
process.exitCode = wrong === 0 && asked === to - from + 1 ? 0 : 1;

/** Resolves when there is nothing left to ask, or the worker has ended. */
function oneWorker() {
  const worker = fork(program);
  const ask = () => {
    if (next <= to) worker.send(next++);
    else worker.disconnect();
  };
  worker.on('message', ({ differences }) => {
    asked += 1;
    wrong += differences.length;
    for (const difference of differences.slice(0, 5)) console.log(difference);
    if (asked % 4096 === 0) console.log(`${asked} of ${to - from + 1} blocks`);
    ask();
  });
  ask();
  return new Promise((resolve) => worker.once('exit', resolve));
}
