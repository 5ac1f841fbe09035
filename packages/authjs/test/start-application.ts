import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, createBrowser } from './browser.js';

export interface RunningApplication {
  readonly browser: Browser;
  stop(): Promise<void>;
}

/** Starts an application in production, in a process of its own, and gives a browser with no cookies. */
export async function startApplication(
  file: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<RunningApplication> {
  const child = fork(new URL(file, import.meta.url), args, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [message] = await once(child, 'message');
  return {
    browser: createBrowser(Number(Reflect.get(Object(message), 'port'))),
    async stop() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
