import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Subject } from '../frameworks/subject.js';
import { buildApp, type NextMiddle, nextEnvironment, nextProgram } from './build-app.js';

const NAME = 'Next.js';
/** By hand there is nothing to write: what runs in front of a route is told no address. */
const VARIANTS: readonly (readonly [Subject['variant'], NextMiddle])[] = [
  ['bare', 'nothing'],
  ['bare again', 'nothing'],
  ['no-op middleware', 'no-op'],
  ['trusted-header', 'ours'],
];
const PRELOAD = fileURLToPath(new URL('../../dist/frameworks/report-cpu.js', import.meta.url));

/** Starts the variants of a Next application, a process each: the library is set up for all of its process. */
export async function startNext(requests: number): Promise<readonly Subject[]> {
  const folders = new Map<NextMiddle, string>();
  const subjects: Subject[] = [];
  for (const [variant, middle] of VARIANTS) {
    const folder = folders.get(middle) ?? (await buildApp(middle));
    folders.set(middle, folder);
    subjects.push(await start(variant, folder, requests));
  }
  return subjects;
}

async function start(
  variant: Subject['variant'],
  folder: string,
  requests: number,
): Promise<Subject> {
  const child = fork(
    nextProgram,
    ['start', '-p', '0', '-H', '127.0.0.1', '--keepAliveTimeout', '600000'],
    {
      cwd: folder,
      env: nextEnvironment(),
      execArgv: ['--import', PRELOAD],
      silent: true,
    },
  );
  let printed = '';
  const port = await new Promise<number>((resolve, reject) => {
    const read = (text: Buffer): void => {
      printed += text;
      const [, found] = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed) ?? [];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`next start ended with ${code}: ${printed}`)));
  });
  // Next answers before `register()` has run: nobody is signed in yet.
  while (!(await fetch(`http://127.0.0.1:${port}/`, { headers: { 'remote-user': 'john' } })).ok)
    await sleep(10);
  return {
    framework: NAME,
    variant,
    port,
    requests,
    async cpu() {
      child.send('cpu');
      const [us] = await once(child, 'message');
      return us;
    },
    close: () => child.kill(),
  };
}
