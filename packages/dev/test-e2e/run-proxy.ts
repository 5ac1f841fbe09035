import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface RunningProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** How to run a reverse proxy with a configuration of its own. */
export interface ProxyProgram {
  /** Writes the configuration for a port, with whatever files it needs in a folder. */
  configure(port: number, folder: string): string;
  command(file: string, folder: string): readonly [program: string, ...args: string[]];
}

/** Starts a real reverse proxy on a free port of 127.0.0.1 and waits until it takes connections. */
export async function runProxy({ configure, command }: ProxyProgram): Promise<RunningProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'th-proxy-'));
  const port = await freePort();
  const file = join(folder, 'config');
  writeFileSync(file, configure(port, folder));
  const [program, ...args] = command(file, folder);
  const child = spawn(program, args, {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  });
  let output = '';
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  await waitFor(port, child, () => output);
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(child, 'close');
      child.kill();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function waitFor(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (child.exitCode !== null) throw new Error(`the proxy ended: ${output()}`);
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the proxy does not answer: ${output()}`);
}
