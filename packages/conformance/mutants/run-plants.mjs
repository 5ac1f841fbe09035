import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { plantMutant } from './plant.mjs';

/** How long all cases together may take. */
const PATIENCE_MS = 300_000;

/**
 * Tries every bug, a process each, as many beside each other as there are processors.
 *
 * @param pairs Of a mutant and the adapter that it is tried under.
 */
export async function runPlants(pairs) {
  const rest = pairs.entries();
  const plants = [];
  const worker = async () => {
    for (const [place, [mutant, adapter]] of rest) {
      const plant = await plantMutant(mutant, adapter);
      plants[place] = { ...plant, result: resultIn(await run(plant.program)) };
      rmSync(plant.program);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return plants;
}

function run(program) {
  // Clients and servers are in one process, as in a test run: that is no confused deputy.
  const env = { ...process.env, NODE_ENV: 'test', JEST_WORKER_ID: '1' };
  const options = { env, timeout: PATIENCE_MS, killSignal: 'SIGKILL', maxBuffer: 1 << 28 };
  return new Promise((resolve) => {
    execFile(process.execPath, [program], options, (_, stdout, stderr) => {
      resolve({ stdout, stderr });
    });
  });
}

function resultIn({ stdout, stderr }) {
  const [, json] = /^suite (.*)$/m.exec(stdout) ?? [];
  if (json === undefined) return { total: 0, failed: [], message: stderr.slice(-1000) };
  const { count, failures } = JSON.parse(json);
  return { total: count, failed: failures.map(({ id }) => id) };
}
