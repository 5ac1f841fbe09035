import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.js';

/** How to run a prepared application. */
export interface HowToRun {
  readonly folder: string;
  /** `elsewhere`: `next start <folder>`, from another folder. `custom`: a server of the application's own. */
  readonly mode: 'start' | 'dev' | 'standalone' | 'elsewhere' | 'custom';
  /** Where the build is, if not in `.next`. */
  readonly distDir?: string;
  readonly preload?: boolean;
  readonly nodeFlags?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ready: its port accepts connections, which is before `register()` has run. */
  readonly until?: 'ready' | 'listening';
  /** A path that is for nobody without an identity, to learn whether it is ready. */
  readonly path?: string;
}

/** An application that runs. */
export interface RunningNext {
  readonly port: number;
  readonly output: () => string;
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;

/** Starts it on a free port. Throws with what it printed, if it ends or takes too long. */
export async function runNext(how: HowToRun): Promise<RunningNext> {
  const port = await freePort();
  const child = spawn(process.execPath, [...(how.nodeFlags ?? []), ...programOf(how, port)], {
    cwd: await folderOf(how),
    env: { ...environment(how), PORT: String(port), HOSTNAME: '127.0.0.1', ...how.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      printed += text;
    });
  }
  const ended = once(child, 'exit').then(([code]) => code);
  const running: RunningNext = {
    port,
    output: () => printed,
    ended,
    stop: () => stop(child, ended),
  };
  try {
    await Promise.race([
      listening(port).then(() => (how.until === 'listening' ? undefined : ready(port, how.path))),
      ended.then((code) => {
        throw new Error(`Next ended with code ${code}:\n${printed}`);
      }),
    ]);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

function programOf(how: HowToRun, port: number): readonly string[] {
  const first = how.preload ? ['--import', '@trusted-header/nextjs/preload'] : [];
  return [...first, ...commandOf(how, ['-p', `${port}`, '-H', '127.0.0.1'])];
}

function commandOf({ mode, folder }: HowToRun, where: readonly string[]): readonly string[] {
  const next = join(folder, 'node_modules/next/dist/bin/next');
  switch (mode) {
    case 'start':
    case 'dev':
      return [next, mode, ...where];
    case 'elsewhere':
      return [next, 'start', folder, ...where];
    case 'standalone':
      return ['server.js'];
    case 'custom':
      return ['server.mjs'];
  }
}

/** Gives the folder to run in. What `next build` makes to be copied elsewhere is copied elsewhere. */
async function folderOf({ folder, mode, distDir = '.next' }: HowToRun): Promise<string> {
  if (mode === 'elsewhere') return tmpdir();
  if (mode !== 'standalone') return folder;
  const copy = `${folder}-standalone`;
  const build = join(folder, distDir);
  await cp(join(build, 'standalone'), copy, { recursive: true, verbatimSymlinks: true });
  await cp(join(build, 'static'), join(copy, distDir, 'static'), { recursive: true });
  await cp(join(folder, 'public'), join(copy, 'public'), { recursive: true }).catch(
    () => undefined,
  );
  return copy;
}

function environment({ mode }: HowToRun): NodeJS.ProcessEnv {
  const { NODE_ENV: _, TRUSTED_PROXIES: __, JEST_WORKER_ID: ___, ...env } = process.env;
  return {
    ...env,
    ...((mode === 'standalone' || mode === 'custom') && { NODE_ENV: 'production' }),
    NEXT_TELEMETRY_DISABLED: '1',
    TRUSTED_PROXIES: '127.0.0.1',
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

/** Next says that it is ready, and answers, before `register()` has run. */
async function ready(port: number, path = '/api/whoami'): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { status } = await ask(port, { path });
    if (status === 401) return;
    if (Date.now() > deadline) throw new Error(`Next did not become ready: still ${status}`);
    await sleep(20);
  }
}

async function listening(port: number): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > deadline) throw new Error('Next did not listen');
    await sleep(2);
  }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
  await ended;
}
