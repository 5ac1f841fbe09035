import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { factsFromRequest } from '../src/index.js';
import { inProcess, run } from './in-process.js';
import { listen, portOf } from './raw-request.js';

describe('a connection that this process has opened', () => {
  it('is its own, over IPv4, IPv6 and dual stack', async () => {
    expect(
      await inProcess(`
        const port = await start('::');
        await get({ port, host: '127.0.0.1' });
        await get({ port, host: '::1' });
        await get({ port, host: '::ffff:127.0.0.1' });
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

  it.each([
    ['http', 'server', 'net.connect'],
    ['TLS', 'https.createServer(selfSigned(), handler)', 'tls.connect'],
  ])(
    'is still its own when somebody asks after it is gone, and only its peer had been read: %s',
    async (_, listener, client) => {
      expect(
        await inProcess(`
        import { selfSigned } from './test/own/self-signed.mjs';
        const asked = [];
        const listener = ${listener};
        listener.removeAllListeners('request').on('request', ({ socket }) => {
          const { remoteAddress } = socket;
          socket.on('close', () => setTimeout(() => asked.push(remoteAddress, isOwnConnection(socket)), 20));
        });
        const port = await start('127.0.0.1', listener);
        const options = { port, host: '127.0.0.1', rejectUnauthorized: false };
        const socket = ${client}(options, () => {
          socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n', () => setTimeout(() => socket.destroy(), 50));
        });
        await sleep(400);
        console.log(JSON.stringify(asked));
      `),
      ).toEqual(['127.0.0.1', true]);
    },
  );

  it('is its own also for another copy of this package', async () => {
    expect(
      await inProcess(`
        const copy = await import('./dist/index.js?copy');
        const both = [];
        const listener = http.createServer(({ socket }, res) => {
          both.push(copy.isOwnConnection(socket), copy.isOwnConnection !== isOwnConnection);
          res.end();
        });
        await get({ port: await start('127.0.0.1', listener), host: '127.0.0.1' });
        console.log(JSON.stringify(both));
      `),
    ).toEqual([true, true]);
  });

  it('is seen beside others who stand in front of connect', async () => {
    expect(
      await inProcess(`
        const calls = [];
        const { connect } = net.Socket.prototype;
        net.Socket.prototype.connect = function (...args) {
          calls.push('later');
          return connect.apply(this, args);
        };
        await get({ port: await start('127.0.0.1'), host: '127.0.0.1' });
        console.log(JSON.stringify([seen, calls]));
      `),
    ).toEqual([[true], ['later']]);
  });

  it('is left alone on a Unix socket', async () => {
    expect(
      await inProcess(`
        import { mkdtempSync, rmSync } from 'node:fs';
        import { tmpdir } from 'node:os';
        // A folder of its own: numbers of processes come back, and a socket's file stays where its server ended.
        const folder = mkdtempSync(tmpdir() + '/own-');
        const socketPath = folder + '/server.sock';
        server.listen(socketPath);
        await once(server, 'listening');
        await get({ socketPath });
        rmSync(folder, { recursive: true });
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([false]);
  });
});

it('keeps little of what it has opened elsewhere', async () => {
  const script = `
    import { fork } from 'node:child_process';
    import { once } from 'node:events';
    import net from 'node:net';
    import '@trusted-header/node';
    const child = fork('./test/own/hang-up.mjs', { execArgv: [] });
    const [port] = await once(child, 'message');
    const call = () => once(net.connect(port, '127.0.0.1').resume(), 'close');
    const call2000 = async () => {
      for (let i = 0; i < 50; i++) await Promise.all(Array.from({ length: 40 }, call));
    };
    const used = () => (gc(), gc(), process.memoryUsage().heapUsed);
    await call2000();
    const before = used();
    await call2000();
    await call2000();
    console.log((used() - before) / 4_000);
    process.exit(child.kill() ? 0 : 1);`;
  const { stdout } = await run(['--expose-gc', '--input-type=module', '--eval', script]);
  // 1.5 kB where sockets are kept.
  expect(Number(stdout)).toBeLessThan(300);
});

describe('another process', () => {
  it('is not this one', async () => {
    expect(
      await inProcess(`
        const port = await start('127.0.0.1');
        await get({ port, host: '127.0.0.1' });
        await elsewhere("await (await fetch('http://127.0.0.1:" + port + "')).text()");
        console.log(JSON.stringify(seen));
      `),
    ).toEqual([true, false]);
  });

  it.each(['resetAndDestroy', 'destroy'])(
    'is not this one when it gets the port of a connection that this one had: %s',
    async (close) => {
      expect(
        await inProcess(`
        const spare = net.createServer();
        const port = await start('127.0.0.1');
        // A port that was asked for can be asked for again.
        const localPort = await start('127.0.0.1', spare);
        await once(spare.close(), 'close');
        const socket = net.connect({ port, host: '127.0.0.1', localPort });
        socket.write('GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
        await once(socket, 'data');
        socket.${close}();
        await once(socket, 'close');
        // The kernel gives a port away again after a second at most: it is tried for three.
        const client = "import net from 'node:net';" +
          "const options = { port: " + port + ", host: '127.0.0.1', localPort: " + localPort + " };" +
          "const attempt = (left) => {" +
          "  const socket = net.connect(options, () => socket.end('GET / HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\n\\\\r\\\\n'));" +
          "  socket.resume().on('error', () => left > 0 && setTimeout(attempt, 100, left - 1));" +
          "};" +
          "attempt(30);";
        let from;
        server.on('connection', (accepted) => { from = accepted.remotePort === localPort });
        await elsewhere(client);
        console.log(JSON.stringify([seen, from]));
      `),
      ).toEqual([[true, false], true]);
    },
  );
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

  const CALL_ONESELF = `
    const port = await start('127.0.0.1');
    await get({ port, host: '127.0.0.1', agent: false });
    await get({ port, host: '127.0.0.1', agent: false });
    console.log(JSON.stringify(seen));
  `;

  it.each([
    [{ NODE_TEST_CONTEXT: 'child-v8' }, [false, false]],
    [{ JEST_WORKER_ID: '1' }, [false, false]],
    [{ VITEST: 'true' }, [false, false]],
    // A stage of a deployment may be called "test".
    [{ NODE_ENV: 'test' }, [true, true]],
  ])('is what a runner marks as one, and NODE_ENV is no mark: %j', async (env, selves) => {
    expect(await inProcess(CALL_ONESELF, env)).toEqual(selves);
  });

  it('says once that it is one, when it is first asked', async () => {
    const script = `
      import http from 'node:http';
      import net from 'node:net';
      import { isOwnConnection } from '@trusted-header/node';
      const { isOwnConnection: copy } = await import('./dist/index.js?copy');
      for (let i = 0; i < 3; i++) isOwnConnection(new net.Socket()), copy(new net.Socket());`;
    const args = ['--trace-warnings', '--input-type=module', '--eval', script];
    const { stderr } = await run(args, { VITEST: 'true' });
    expect(stderr.match(/^.*TRUSTED_HEADER_TEST_RUN.*$/gm)).toEqual([
      expect.stringMatching(
        /Warning: this is a test run: connections that this process opens to itself count as its own only while it handles a request$/,
      ),
    ]);
    expect((await run(args)).stderr).toBe('');
  });
});
