import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own: a client in the same process would be no proxy (`peer-self`). */
export interface Program {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts a server that prints the port it listens on, with no other environment. */
export async function startProgram(
  file: URL,
  env: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, [fileURLToPath(file)], {
    env: { NODE_ENV: 'production', TRUSTED_PROXIES: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const closed = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /listens on (\d+)/.exec(line) ?? [];
    if (port === undefined) continue;
    return {
      origin: `http://127.0.0.1:${port}`,
      async stop() {
        child.kill();
        await closed;
      },
    };
  }
  throw new Error(`${file.pathname} ended before it listened: ${complaints}`);
}
