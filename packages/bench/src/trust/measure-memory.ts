// What a compiled list holds on to, in a process of its own: prints bytes per prefix.
import { makeSample } from './prefixes.js';
import { OURS, PEERS } from './subjects.js';

const [name, count] = process.argv.slice(2);
const subject = [OURS, ...PEERS].find((one) => one.name === name);
if (!subject || !global.gc) throw new Error('name a subject, and run with --expose-gc');

const { prefixes } = makeSample(Number(count));
// The first one pays for what is there once.
const first = subject.compile(prefixes);
const before = await settled();
const second = subject.compile(prefixes);
const after = await settled();
console.log(Math.max(0, after - before) / prefixes.length);
// Held until here, with the list that some keep as it is.
if (first === second || prefixes.length === 0) throw new Error('nothing was compiled');

/** Buffers are given back some time after they were collected. */
async function settled(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    global.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
