// What tests take from jest, on node:test: the parts of jest that are packages of their own, and its names.
import { after, before, mock, describe as suite, it as test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { bind } from 'jest-each';
import { ModuleMocker } from 'jest-mock';
import './children.mjs';

export { afterEach, beforeEach } from 'node:test';
export { expect } from 'expect';
export { after as afterAll, before as beforeAll };

// What is printed is read before the program is ended: --test-force-exit waits for nothing, and half a result counts as a red one.
process.stdout._handle?.setBlocking?.(true);

/** No test computes that long: a loop without an end does. The processor's time, since a busy machine makes nothing slower in it. */
const LONGEST_COMPUTED_MS = 30_000;

// A loop lets no timer run. Another thread says that it was noticed, in the words of endRed(), and leaves what Stryker's hook would.
if (process.env.__STRYKER_ACTIVE_MUTANT__) {
  const watch = `
    const { writeFileSync, writeSync } = require('node:fs');
    setInterval(() => {
      if (process.cpuUsage().user < ${LONGEST_COMPUTED_MS * 1000}) return;
      writeFileSync('stryker-output-${process.pid}.json', '{}');
      writeSync(1, '\\nnot ok 1 - a loop without an end\\n1..1\\n');
      process.kill(${process.pid}, 'SIGKILL');
    }, 500);`;
  new Worker(watch, { eval: true }).unref();
}

// Servers that tests start do not keep a program awake. It is ended after the last test: --test-force-exit.
setInterval(() => {}, 1000);

/** As jest has it; half of it where a change is tried, which is most often answered by no answer at all. */
const LONGEST_MS = process.env.__STRYKER_ACTIVE_MUTANT__ ? 10_000 : 20_000;

// The reader of test results ends a line also at the line separators of Unicode, and counts from there no test.
const inAscii = (name) =>
  name.replace(/[^ -~]/gu, (sign) => `<${sign.codePointAt(0).toString(16)}>`);

function one(name, body, timeout = LONGEST_MS) {
  // Of the programs that share a process, the one that is being read.
  const program = globalThis.MUTATION_PROGRAM;
  test(inAscii(name), { timeout }, async () => {
    try {
      await within(timeout, body);
    } catch (error) {
      // One red test is enough to notice a change.
      if (process.env.__STRYKER_ACTIVE_MUTANT__) endRed(`${program}: ${name}`);
      throw error;
    }
  });
}

async function within(ms, body) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms} ms`)), ms);
  });
  await Promise.race([body(), late]).finally(() => clearTimeout(timer));
}

function endRed(name) {
  process.stdout.write(`\nnot ok 1 - ${inAscii(name)}\n1..1\n`);
  process.exit(1);
}

const group = (name, body) => suite(inAscii(name), () => void body());

export const it = Object.assign(one, { each: bind(one, false) });
export const describe = Object.assign(group, { each: bind(group, false) });

/** The clock alone: what a test waits for goes on. */
export const jest = Object.assign(new ModuleMocker(globalThis), {
  useFakeTimers: ({ now = Date.now() } = {}) => mock.timers.enable({ apis: ['Date'], now }),
  useRealTimers: () => mock.timers.reset(),
  setSystemTime: (now) => mock.timers.setTime(Number(now)),
});
