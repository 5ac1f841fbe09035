import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** The demo as a process of its own, as people start it. */
export interface RunningDemo {
  readonly pid: number;
  output(): string;
  /** Waits until it has printed that, or has ended. */
  until(text: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Waits for its end. */
  exitCode(): Promise<number | null>;
}

export function runDemo(...flags: readonly string[]): RunningDemo {
  const child = spawn(process.execPath, [MAIN, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test', NO_COLOR: '1' },
  });
  let output = '';
  let wake = (): void => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      wake();
    });
  }
  let hasEnded = false;
  const closed = once(child, 'close').then(() => {
    hasEnded = true;
    wake();
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async until(text) {
      while (!output.includes(text) && !hasEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    signal: (signal) => child.kill(signal),
    async exitCode() {
      await closed;
      return child.exitCode;
    },
  };
}
