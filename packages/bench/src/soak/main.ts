// Puts servers under faults for a while: memory must stay flat, nothing be unhandled, and every decision right.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FAULTS } from './faults.js';
import type { Health } from './server.js';

const AT_ONCE = 64;
/** Clients that are slow at times; the others are quick, or there would be too few requests for a leak to show. */
const SLOW_CLIENTS = 16;
const SAMPLES = 8;
/** What the heap may have grown by, from the second sample to the last. */
const MOST_GROWTH = 1.15;
/** One line a minute for each reason and peer, of at most a thousand: the flood must stay far below the requests. */
const MOST_LOGGED_SHARE = 0.2;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '2' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(
    `--minutes: ${JSON.stringify(values.minutes)} is no time; write a number such as 2`,
  );
  process.exit(2);
}

const server = fork(fileURLToPath(new URL('server.js', import.meta.url)), {
  execArgv: ['--expose-gc'],
});
const [ports]: Record<string, number>[] = await once(server, 'message');
const counts = new Map<string, number>();
const wrong: string[] = [];
const samples: Health[] = [];
const startedAt = Date.now();
const endsAt = startedAt + minutes * 60_000;

await Promise.all([
  ...Array.from({ length: AT_ONCE }, (_, lane) => attack(lane)),
  ...Array.from({ length: SAMPLES }, (_, i) =>
    sampleAt(startedAt + ((i + 1) * minutes * 60_000) / SAMPLES),
  ),
]);
// Slow clients have gone by now.
await new Promise((resolve) => setTimeout(resolve, 8_000));
const last = await healthOf();
const after = await Promise.all(
  Object.values(ports ?? {}).flatMap((port) =>
    FAULTS.slice(0, 9).map(async ({ name, expected, run }) => ({
      name,
      isRight: expected.test(await run(port, 0)),
    })),
  ),
);
server.disconnect();

const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
const megabytes = [...samples, last].map(({ heapBytes }) => (heapBytes / 1e6).toFixed(1));
const grown = last.heapBytes / (samples[1]?.heapBytes ?? last.heapBytes);
const checks = {
  'every answer is right': wrong.length === 0,
  'every answer is right afterwards': after.every(({ isRight }) => isRight),
  'nothing was unhandled': last.faults.length === 0,
  'memory is flat': grown <= MOST_GROWTH,
  'no connection is left': last.connections === 0,
  'no decision is left': last.registered === 0,
  'the log was not flooded': last.logged <= total * MOST_LOGGED_SHARE,
};
console.log(
  `${total.toLocaleString('en')} requests in ${minutes} min: ${[...counts].map(([name, count]) => `${name} ${count}`).join(', ')}`,
);
console.log(
  `heap, MB: ${megabytes.join(', ')}; ${last.logged} log lines; connections ${samples.map(({ connections }) => connections).join(', ')}, ${last.connections}; decisions kept ${samples.map(({ registered }) => registered).join(', ')}, ${last.registered}`,
);
for (const text of [...wrong.slice(0, 20), ...last.faults.slice(0, 20)]) console.error(text);
for (const [name, isGood] of Object.entries(checks))
  console.log(`${isGood ? 'ok  ' : 'FAIL'}  ${name}`);
process.exit(Object.values(checks).every(Boolean) ? 0 : 1);

/** One client after the other, each with another fault at another server. */
async function attack(lane: number): Promise<void> {
  const targets = Object.entries(ports ?? {});
  const faults = lane < SLOW_CLIENTS ? FAULTS : FAULTS.filter(({ isSlow }) => !isSlow);
  for (let i = lane; Date.now() < endsAt; i += AT_ONCE) {
    const fault = faults[i % faults.length];
    const target = targets[Math.floor(i / faults.length) % targets.length];
    if (!fault || !target) continue;
    const [name, port] = target;
    const answer = await fault.run(port, i).catch((error: unknown) => `no connection: ${error}`);
    counts.set(fault.name, (counts.get(fault.name) ?? 0) + 1);
    if (!fault.expected.test(answer)) wrong.push(`${name}: ${fault.name} was answered ${answer}`);
  }
}

async function sampleAt(time: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, time - Date.now()));
  samples.push(await healthOf());
}

async function healthOf(): Promise<Health> {
  server.send('how are you?');
  const [health] = await once(server, 'message');
  return health;
}
