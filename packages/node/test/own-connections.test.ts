import { execFile } from 'node:child_process';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { factsFromRequest } from '../src/index.js';
import { listen, portOf } from './raw-request.js';

/** Runs in a process that is no test run, where every own connection counts. Prints one line of JSON. */
async function inProcess(script: string): Promise<unknown> {
  const { NODE_ENV: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', `${PRELUDE}\n${script}\nprocess.exit();`],
    { cwd: new URL('..', import.meta.url).pathname, env, timeout: 20_000 },
  );
  return JSON.parse(stdout);
}

/** `server` keeps what `facts.self` says of each request. */
const PRELUDE = `
  import { execFile } from 'node:child_process';
  import { once } from 'node:events';
  import http from 'node:http';
  import net from 'node:net';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { factsFromRequest } from '@trusted-header/node';
  const seen = [];
  const server = http.createServer((req, res) => {
    seen.push(factsFromRequest(req).self ?? false);
    res.end('seen');
  });
  const start = async (host) => {
    server.listen(0, host);
    await once(server, 'listening');
    return server.address().port;
  };
  const get = (options) => once(http.get(options), 'response').then(([res]) => once(res.resume(), 'end'));
`;

describe('a connection that this process has opened', () => {
  it('is its own, with http, fetch and net, over IPv4, IPv6 and dual stack', async () => {
    expect(
      await inProcess(`
        const port = await start('::');
        await get({ port, host: '127.0.0.1' });
        await get({ port, host: '::1' });
        await (await fetch('http://127.0.0.1:' + port)).text();
        const socket = net.connect(port, '127.0.0.1');
        socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n');
        await once(socket.resume(), 'close');
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([true, true, true, true]);
  });

  it('stays its own for every request on it', async () => {
    expect(
      await inProcess(`
        const port = await start('127.0.0.1');
        const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
        for (let i = 0; i < 3; i++) await get({ port, host: '127.0.0.1', agent });
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([true, true, true]);
  });

  it('is still its own when the client is gone before the request is read', async () => {
    expect(
      await inProcess(`
        const port = await start('127.0.0.1');
        const socket = net.connect(port, '127.0.0.1', () => {
          socket.end('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
          // Nothing else runs before our end is closed.
          setImmediate(() => socket.destroy());
        });
        await sleep(300);
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([true]);
  });

  it('says nothing about other processes', async () => {
    expect(
      await inProcess(`
        const port = await start('127.0.0.1');
        await get({ port, host: '127.0.0.1' });
        const client = "await (await fetch('http://127.0.0.1:" + port + "')).text()";
        const child = execFile(process.execPath, ['--input-type=module', '--eval', client]);
        await once(child, 'exit');
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([true, false]);
  });
});

describe('in a test run', () => {
  const closers: (() => void)[] = [];
  afterEach(() => {
    for (const close of closers.splice(0)) close();
  });

  it('a client in the test is a peer, and an application that calls itself is not', async () => {
    const selves: (boolean | undefined)[] = [];
    const server = createServer((req, res) => {
      selves.push(factsFromRequest(req).self);
      if (req.url !== '/deputy') return res.end();
      const inner = request({ port: portOf(server), host: '127.0.0.1', agent: false });
      inner.on('response', (answer) => answer.resume().on('end', () => res.end())).end();
      return inner;
    });
    closers.push(() => server.close());
    await listen(server, '127.0.0.1');
    const client = connect(portOf(server), '127.0.0.1');
    client.write('GET /deputy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    await text(client);
    expect(selves).toEqual([undefined, true]);
  });
});
