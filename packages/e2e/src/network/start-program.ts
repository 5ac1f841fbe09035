import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that has said that it is ready. */
export interface RunningProgram {
  /** Lines of its standard output and error so far. */
  readonly output: () => string;
  stop(): Promise<void>;
}

const PATIENCE_MS = 30_000;

/**
 * Starts a program and waits until it prints text that matches `ready`, or until `ready` gives true.
 *
 * @throws With all that it has printed, where it ends before or is not ready within 30 s.
 */
export async function startProgram(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  ready: RegExp | (() => Promise<boolean>),
): Promise<RunningProgram> {
  // The program is no test run, though a test runs it.
  const { JEST_WORKER_ID: _, ...inherited } = process.env;
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, to end what it has started as well.
    detached: true,
    env: { ...inherited, NODE_ENV: 'production', NODE_OPTIONS: '', ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const isReady =
    ready instanceof RegExp ? () => Promise.resolve(ready.test(output)) : () => ready();
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isReady())) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop(child);
      throw new Error(`${program} ${args.join(' ')} is not ready:\n${output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return { output: () => output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const impatience = setTimeout(() => killGroup(child), 3_000);
    await exited;
    clearTimeout(impatience);
  }
  killGroup(child);
}

/** A worker that outlives its program, as one of Apache's now and then, keeps connections that somebody waits for. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left.
  }
}
