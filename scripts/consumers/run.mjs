import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Runs a program to its end; never throws. Gives its exit code, and all that it wrote. */
export function run(command, args, { cwd, env = process.env, seconds = 300 } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => (output += text));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      clearTimeout(timer);
      done({ code, output });
    });
  });
}

/**
 * Runs checks, as many at a time as there are processors, and prints what came of each.
 *
 * @param checks `{ name, run }`; `run` gives `{ faults, notes }`.
 * @returns How many failed.
 */
export async function runChecks(checks, atOnce = availableParallelism()) {
  const waiting = [...checks];
  let failed = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const start = Date.now();
      const { faults, notes = [] } = await next
        .run()
        .catch((error) => ({ faults: [String(error.stack)] }));
      const seconds = ((Date.now() - start) / 1000).toFixed(1);
      if (faults.length > 0) failed++;
      console.log(`${next.name}: ${faults.length > 0 ? 'FAILED' : 'ok'} (${seconds} s)`);
      for (const line of [...notes, ...faults.slice(0, 40)]) console.log(`  ${line}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}
