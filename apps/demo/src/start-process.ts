import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A running program. */
export interface RunningProcess {
  /** Says how it ended, once it has, and what it said last. */
  readonly ended: Promise<string>;
  /** Ends it, and what it started; waits until it has ended. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 3_000;
const LAST_LINES = 12;
const EXIT_WITH_PARENT = new URL('./exit-with-parent.js', import.meta.url).href;

/**
 * Starts a Node program that ends no later than this process.
 *
 * @param onLine Gets every line that it prints.
 * @param imports File URLs of what to load in front of it.
 */
export function startProcess(
  program: string,
  env: Readonly<Record<string, string>>,
  onLine: (line: string) => void,
  imports: readonly string[] = [],
): RunningProcess {
  const loaded = [EXIT_WITH_PARENT, ...imports].flatMap((url) => ['--import', url]);
  const child = spawn(process.execPath, [...loaded, program], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A process group of its own: Ctrl-C in the terminal is ours to handle, and stopping takes its children along.
    detached: true,
  });
  const lastLines: string[] = [];
  for (const input of [child.stdout, child.stderr]) {
    // Both are pipes, and there; an IPC channel beside them makes the types forget that.
    if (input === null) continue;
    createInterface({ input }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > LAST_LINES) lastLines.shift();
      onLine(line);
    });
  }
  const ended = endOf(child).then((how) => [how, ...lastLines].join('\n  '));
  return { ended, stop: () => stop(child, ended) };
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = await once(child, 'close');
    return signal === null ? `ended with code ${code}` : `was ended by ${signal}`;
  } catch (error) {
    return `did not start: ${error}`;
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(timer);
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
