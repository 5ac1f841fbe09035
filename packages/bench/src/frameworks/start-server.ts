import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FrameworkRow } from '../results.js';
import type { Subject } from './subject.js';

const FILE = fileURLToPath(new URL('../../dist/frameworks/server.js', import.meta.url));

/** Starts a server of a framework, in a process of its own. */
export async function startServer(
  framework: string,
  variant: FrameworkRow['variant'],
  requests: number,
): Promise<Subject> {
  // Without what a run of this program adds: garbage is collected when the engine sees fit.
  const child = fork(FILE, [framework, variant], { execArgv: [] });
  const [{ port }] = await once(child, 'message');
  return {
    framework,
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
