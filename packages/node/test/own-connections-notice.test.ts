import { expect, it } from '@jest/globals';
import { unseenConnections } from '../src/own-connections-notice.js';
import { inProcess } from './in-process.js';

/** What an application with loopback in its list is told at start, in a process of its own. */
const TOLD =
  "const told = []; resolveWithNotice({ trustedProxies: '127.0.0.1', log: (line) => told.push(line) });";

const REST =
  'can pass for the proxy if it sends identity headers to this server from a trusted address; do not forward the headers of a request: drop those for which isIdentityHeader is true';

it('says nothing where a process is all there is', () => {
  expect(unseenConnections()).toBeUndefined();
});

it('says that other workers of a cluster are not seen, and they are not', async () => {
  const { notice, selves } = Object(
    await inProcess(`
      import cluster from 'node:cluster';
      // An application that asks itself once for every request, in two workers.
      cluster.setupPrimary({ exec: './test/own/cluster-worker.mjs', execArgv: [] });
      const workers = [cluster.fork(), cluster.fork()];
      const notices = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
      const selves = [];
      for (let i = 0; i < 30; i++) selves.push(await (await fetch('http://127.0.0.1:' + notices[0].port + '/deputy')).text());
      for (const worker of workers) worker.kill();
      console.log(JSON.stringify({ notice: notices.map(({ notice }) => notice), selves }));
    `),
  );
  expect(notice).toEqual([
    [`trusted-header: another worker of this cluster ${REST}`],
    [`trusted-header: another worker of this cluster ${REST}`],
  ]);
  // Whichever worker the system gives the inner connection to: its own is seen, the other's is the hole.
  expect(selves).toContain('authenticated');
});

it('says that other threads are not seen', async () => {
  expect(
    await inProcess(`
      import { Worker } from 'node:worker_threads';
      const script =
        "import { parentPort } from 'node:worker_threads';" +
        "import { resolveWithNotice } from '" + import.meta.resolve('@trusted-header/node') + "';" +
        ${JSON.stringify(`${TOLD} parentPort.postMessage(told);`)};
      const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(script)));
      const [notice] = await once(worker, 'message');
      console.log(JSON.stringify(notice));
    `),
  ).toEqual([`trusted-header: another thread of this process ${REST}`]);
});

it.each(['bun', 'deno'])('says that %s does not tell what it opens', async (runtime) => {
  expect(
    await inProcess(`
      Object.defineProperty(process, 'versions', { value: { ...process.versions, ${runtime}: '1.0.0' } });
      const { resolveWithNotice } = await import('@trusted-header/node');
      ${TOLD}
      console.log(JSON.stringify(told));
    `),
  ).toEqual([`trusted-header: on ${runtime} this very process ${REST}`]);
});
