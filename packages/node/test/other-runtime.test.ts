import { expect, it } from '@jest/globals';
import { run } from './in-process.js';

/** Runs a program in a process that says it is another runtime, before it loads the package; gives what it prints: JSON. */
async function on(runtime: string, script: string): Promise<unknown> {
  const prelude = `
    import { once } from 'node:events';
    import http from 'node:http';
    const versions = { ...process.versions, ${runtime}: '99.0.0' };
    Object.defineProperty(process, 'versions', { value: versions });
    const { clientCertHeader, factsFromRequest } = await import('@trusted-header/node');`;
  const args = ['--input-type=module', '--eval', `${prelude}\n${script}\nprocess.exit();`];
  // A client of the same process is somebody else in a test run only.
  return JSON.parse((await run(args, { VITEST: 'true' })).stdout);
}

it('Bun’s sockets, whose class has no name, tell what the kernel says, past what somebody has put there', async () => {
  const told = await on(
    'bun',
    `const told = [];
     const server = http.createServer(({ socket, url, rawHeaders, ...req }, res) => {
       // A class of its own, as there.
       Object.setPrototypeOf(socket, Object.create(Object.getPrototypeOf(socket)));
       if (url === '/wrapped') Object.defineProperty(socket, 'remoteAddress', { value: '172.20.0.2' });
       const { peer, peerPort, redefinedPeer } = factsFromRequest({ ...req, socket, url, rawHeaders });
       told.push([peer ?? null, peerPort !== undefined && peerPort === socket.remotePort, redefinedPeer ?? false]);
       res.end();
     });
     server.listen(0, '127.0.0.1');
     await once(server, 'listening');
     const options = { port: server.address().port, host: '127.0.0.1', agent: false };
     for (const path of ['/', '/wrapped']) await once(http.get({ ...options, path }), 'response');
     console.log(JSON.stringify(told));`,
  );
  expect(told).toEqual([
    ['127.0.0.1', true, false],
    [null, false, true],
  ]);
});

it.each(['bun', 'deno'])('the header Client-Cert is refused at start on %s', async (runtime) => {
  const told = await on(
    runtime,
    `try { clientCertHeader(); } catch (error) { console.log(JSON.stringify([error.code, error.message])); }`,
  );
  expect(told).toEqual([
    'option-invalid',
    'clientCertHeader: "this runtime" does not tell the names in a certificate as Node does; run on Node, or use another proof',
  ]);
});
