import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A process that has said something, or ended. */
export interface RunningMain {
  output(): string;
  /** Null while it runs. */
  exitCode(): number | null;
  stop(): Promise<void>;
}

/** Starts a program with no other environment, and waits until it listens or ends. */
export async function runMain(
  main: URL,
  env: Readonly<Record<string, string>>,
): Promise<RunningMain> {
  const child = spawn(process.execPath, [fileURLToPath(main)], {
    env: { NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const closed = once(child, 'close');
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        output += text;
        if (output.includes('listens on')) resolve();
      });
    }
  });
  await Promise.race([listens, closed]);
  return {
    output: () => output,
    exitCode: () => child.exitCode,
    async stop() {
      child.kill();
      await closed;
    },
  };
}
