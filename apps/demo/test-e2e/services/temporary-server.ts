import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server of this test run. */
export interface TemporaryServer {
  stop(): Promise<void>;
}

/** What is needed to start one. */
export interface ServerStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** As whom it runs, where root may not run it. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined;
  readonly signal?: NodeJS.Signals;
}

/** Starts a server, and waits until it listens. Throws with what it said if it ends before. */
export async function startServer({
  program,
  args,
  port,
  env,
  user,
  signal = 'SIGTERM',
}: ServerStart): Promise<TemporaryServer> {
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(env && { env }),
    ...user,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
    });
  }
  const closed = once(child, 'close');
  for (let i = 0; !(await listens(port)); i++) {
    if (i === 200 || hasEnded(child)) throw new Error(`${program} does not listen:\n${said}`);
    await sleep(50);
  }
  return {
    async stop() {
      child.kill(signal);
      await closed;
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
