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

/** This long nothing but 500 is no application that is about to start. */
const STUCK_MS = 20_000;

/**
 * Starts it on a free port. Throws with what it printed and answered last, if it ends or takes too long.
 *
 * `next dev` gets a second try: once, in CI, it answered 500 for a minute, and nobody knows why. A fault of ours comes again, and
 * fails the second time as well; what the first one printed is in the log.
 */
export async function runNext(how: HowToRun): Promise<RunningNext> {
  try {
    return await startNext(how);
  } catch (error) {
    if (how.mode !== 'dev' || !(error instanceof Stuck)) throw error;
    console.warn(`next dev is started once more: ${error.message}`);
    return startNext(how);
  }
}

async function startNext(how: HowToRun): Promise<RunningNext> {
  // First, since it takes seconds, in which somebody else may take a port that is free now.
  const cwd = await folderOf(how);
  const port = await freePort();
  const child = spawn(process.execPath, [...(how.nodeFlags ?? []), ...programOf(how, port)], {
    cwd,
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
      listening(port).then(() => (how.until === 'listening' ? undefined : ready(port, how))),
      ended.then((code) => {
        throw new Error(`Next ended with code ${code}`);
      }),
    ]);
    // Then it was another application that has answered.
    if (printed.includes('EADDRINUSE')) throw new Error(`port ${port} was somebody else's`);
  } catch (error) {
    await running.stop();
    if (error instanceof Error) error.message += `\nNext printed:\n${printed}`;
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
    // `next dev` finds nothing of what a build has left.
    ...(mode === 'dev' && { DIST_DIR: '.next-dev' }),
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
async function ready(port: number, { mode, path = '/api/whoami' }: HowToRun): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  let failingSince: number | undefined;
  for (;;) {
    const { status, text } = await ask(port, { path });
    if (status === 401) return;
    failingSince = status === 500 ? (failingSince ?? Date.now()) : undefined;
    const isStuck = failingSince !== undefined && Date.now() - failingSince > STUCK_MS;
    if ((isStuck && mode === 'dev') || Date.now() > deadline) {
      const problem = `Next did not become ready: still ${status} at ${path}: ${text.slice(0, 4_000)}`;
      throw isStuck ? new Stuck(problem) : new Error(problem);
    }
    await sleep(20);
  }
}

/** It answers, with 500 each time. */
class Stuck extends Error {}

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
