import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { bundlePlant } from './plant.mjs';

/** How long all cases together may take. */
const PATIENCE_MS = 300_000;

/** Tries every bug, a process each, as many beside each other as there are processors. Gives the results by key. */
export async function runPlants(plants) {
  const rest = plants.values();
  const results = new Map();
  const worker = async () => {
    for (const plant of rest) results.set(plant.key, await tryPlant(plant));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

async function tryPlant(plant) {
  try {
    const program = await bundlePlant(plant);
    const result = resultIn(await run(program));
    rmSync(program);
    return result;
  } catch (error) {
    return { total: 0, failed: [], message: error.message };
  }
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
