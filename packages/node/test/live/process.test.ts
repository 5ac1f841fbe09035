import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { run } from '../in-process.js';
import { startServerProcess } from '../server-process.js';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-'));
  path = join(folder, 'proxies');
});
afterEach(() => rm(folder, { recursive: true }));

describe('a process that watches a list', () => {
  it('ends when it has nothing else to do', async () => {
    await writeFile(path, '10.0.0.1');
    const { stdout } = await run([
      '--input-type=module',
      '--eval',
      `import { createAuthenticator } from '@trusted-header/core';
       import { watchTrustedProxies } from '@trusted-header/node';
       const trustedProxies = 'file:${path} dns:localhost https://127.0.0.1:1/x';
       const authenticator = createAuthenticator({ trustedProxies, log: false });
       // An application has it as long as it runs.
       globalThis.kept = authenticator;
       const watch = watchTrustedProxies(authenticator);
       await watch.ready;
       console.log(watch.states().map(({ state }) => state).join());`,
    ]);
    expect(stdout).toBe('fresh,failed,failed\n');
  });

  it('forgets it together with the authenticator', async () => {
    await writeFile(path, '10.0.0.1');
    const { stdout } = await run([
      '--expose-gc',
      '--input-type=module',
      '--eval',
      `import { renameSync, writeFileSync } from 'node:fs';
       import { setTimeout as wait } from 'node:timers/promises';
       import { withProof } from '@trusted-header/core';
       import { resolveNodeOptions, watchTrustedProxies } from '@trusted-header/node';
       const lines = [];
       const log = (line) => lines.push(line);
       let kept = resolveNodeOptions({ trustedProxies: 'file:${path}', log }).authenticator;
       await watchTrustedProxies(kept).ready;
       const swap = async (text) => {
         writeFileSync('${path}.new', text);
         renameSync('${path}.new', '${path}');
         await wait(500);
         return lines.length;
       };
       const counts = [await swap('10.0.0.2')];
       const collect = async () => { for (let i = 0; i < 5; i++) { await wait(20); gc(); } };
       // What stands round it asks the same list.
       kept = withProof(kept, { name: 'x', headers: [], asks: 'claims', prove: () => ({ kind: 'anonymous' }) });
       await collect();
       counts.push(await swap('10.0.0.4'));
       kept = undefined;
       await collect();
       counts.push(await swap('10.0.0.3'));
       console.log(counts.join());`,
    ]);
    expect(stdout).toBe('3,4,4\n');
  });

  it('decides thousands of requests as the list stands, while it is swapped', async () => {
    await writeFile(path, '127.0.0.1');
    const app = await startServerProcess(`
      const { resolveNodeOptions, watchTrustedProxies } = await import('@trusted-header/node');
      const options = { trustedProxies: 'file:${path}', log: false };
      const { authenticator: own } = resolveNodeOptions(options);
      const watch = watchTrustedProxies(own);
      await watch.ready;
      const server = http.createServer((req, res) => {
        const decision = decideRequest(req, own);
        res.end(decision.identity?.user ?? decision.reason);
      });
      answers = () => watch.states()[0].entries.join();
      tell({ port: await listen(server) });
    `);
    const agents = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'].map(
      (localAddress) => [localAddress, new Agent({ keepAlive: true, localAddress })] as const,
    );
    let count = 0;
    const wrong: string[] = [];
    for (let round = 1; round <= 15; round++) {
      const trusted = agents.map(([peer]) => peer).filter((_, i) => (round >> i) & 1);
      await writeFile(`${path}.new`, trusted.join('\n'));
      await rename(`${path}.new`, path);
      for (let i = 0; (await app.ask()) !== trusted.join() && i < 500; i++) await wait(10);
      for (let i = 0; i < 50; i++) {
        const answers = await Promise.all(
          agents.map(async ([peer, agent]) => [peer, await whoAmI(app.port, agent, `u${count++}`)]),
        );
        for (const [peer = '', answer] of answers) {
          if (trusted.includes(peer) ? !/^u\d+ as u\d+$/.test(`${answer}`) : answer !== REFUSED)
            wrong.push(`${round} ${peer} ${answer}`);
        }
      }
    }
    for (const [, agent] of agents) agent.destroy();
    app.stop();
    expect([count, wrong]).toEqual([3_000, []]);
  }, 30_000);
});

const REFUSED = 'peer-untrusted';

/** Says who the server takes the client for, and that it is who was named. */
function whoAmI(port: number, agent: Agent, user: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, agent, headers: { 'Remote-User': user } },
      (res) => {
        let text = '';
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('end', () => resolve(text === user ? `${text} as ${user}` : text));
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}
