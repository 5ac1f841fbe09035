import { describe, expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

const REGISTER = `
  const { registerTrustedHeader } = await load();
  const register = () => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
`;
const UPGRADE = "['Connection: Upgrade', 'Upgrade: websocket', 'Remote-User: eve']";
/** A server whose only answers are those to upgrades, and tell what is known of them. */
const SERVER = `
  const server = http.createServer().listen(0, '127.0.0.1');
  server.on('upgrade', async (req, socket) => socket.end('HTTP/1.1 400 Bad\\r\\n\\r\\n' + (await known(req))));
  await once(server, 'listening');
  const { port } = server.address();
`;

describe('watching the requests of a process', () => {
  it('begins with servers that listen already', async () => {
    expect(
      await inProcess(`
        ${SERVER}
        ${REGISTER}
        register();
        const answer = await ask(port, ${UPGRADE}, '127.0.0.2');
        console.log(JSON.stringify([JSON.parse(answer).code, await ask(port, ${UPGRADE})]));
      `),
    ).toEqual(['peer-untrusted', 'authenticated eve ']);
  });

  it('goes on with servers that have connections already, from their next request on', async () => {
    expect(
      await inProcess(`
        ${REGISTER}
        let requests = 0;
        const server = http.createServer((req, res) => {
          if (requests++ === 0) register();
          res.end('x');
        }).listen(0, '127.0.0.1');
        server.on('upgrade', async (req, socket) => socket.end('upgrade: ' + (await known(req))));
        await once(server, 'listening');
        const script = \`
          const net = require('node:net');
          const line = (...more) => ['GET / HTTP/1.1', 'Host: a', ...more, '', ''].join(String.fromCharCode(13, 10));
          const lines = [line(), line(), line('Connection: Upgrade', 'Upgrade: websocket', 'Remote-User: eve')];
          const socket = net.connect({ port: \${server.address().port}, host: '127.0.0.1', localAddress: '127.0.0.2' });
          socket.write(lines.shift());
          socket.on('data', (data) => lines.length > 0 ? socket.write(lines.shift()) : process.stdout.write(data));\`;
        const answer = await new Promise((done, failed) => {
          execFile(process.execPath, ['--eval', script], (error, out) => error ? failed(error) : done(out));
        });
        console.log(JSON.stringify([answer.split('\\r\\n')[0], requests]));
      `),
    ).toEqual(['HTTP/1.1 403 Forbidden', 2]);
  });

  it('leaves an upgrade undecided that came before there are options', async () => {
    expect(
      await inProcess(
        `
          ${SERVER}
          const before = await ask(port, ${UPGRADE}, '127.0.0.2');
          ${REGISTER}
          register();
          const code = JSON.parse(await ask(port, ${UPGRADE}, '127.0.0.2')).code;
          console.log(JSON.stringify([before.slice(0, 24), code]));
        `,
        ['--import', '@trusted-header/nextjs/preload'],
      ),
    ).toEqual(['undecided not-registered', 'peer-untrusted']);
  });

  it('answers an upgrade of the probe before anybody gets to see it', async () => {
    expect(
      await inProcess(`
        process.env.TRUSTED_HEADER_PROBE = '00112233445566778899aabbccddeeff';
        let seen = 0;
        ${SERVER}
        server.on('upgrade', () => { seen++; });
        ${REGISTER}
        register();
        const probe = ['Connection: Upgrade', 'Upgrade: x', 'Trusted-Header-Probe: ' + process.env.TRUSTED_HEADER_PROBE];
        const report = JSON.parse(await ask(port, probe));
        console.log(JSON.stringify([report.receiver, report.adapter, seen, registry().decisions.size]));
      `),
    ).toEqual([1, 'nextjs', 0, 0]);
  });

  it('takes nothing for a request that somebody else tells of', async () => {
    expect(
      await inProcess(`
        const { channel } = await import('node:diagnostics_channel');
        ${REGISTER}
        register();
        const response = new http.ServerResponse(new http.IncomingMessage(new net.Socket()));
        const strange = [null, undefined, 'text', {}, { request: {}, response }, { request: response, response: {} }];
        for (const message of strange) channel('http.server.request.start').publish(message);
        await sleep(20);
        console.log(JSON.stringify(registry().decisions.size));
      `),
    ).toBe(0);
  });

  it('leaves servers of HTTP/2 as they are', async () => {
    expect(
      await inProcess(`
        const http2 = await import('node:http2');
        ${REGISTER}
        register();
        const server = http2.createServer((req, res) => res.end('as it is')).listen(0, '127.0.0.1');
        await once(server, 'listening');
        const session = http2.connect('http://127.0.0.1:' + server.address().port);
        console.log(JSON.stringify(await text(session.request({ ':path': '/' }))));
      `),
    ).toBe('as it is');
  });

  it('can be stopped, for tests', async () => {
    expect(
      await inProcess(`
        ${REGISTER}
        register();
        registry().stop();
        ${SERVER}
        server.on('request', async (req, res) => res.end(await known(req)));
        console.log(JSON.stringify([await ask(port, ['Remote-User: eve']), await ask(port, ${UPGRADE})]));
      `),
    ).toEqual(['undecided not-seen eve', 'undecided not-seen eve']);
  });

  it('is refused on Bun, which tells of no requests', async () => {
    expect(
      await inProcess(`
        ${REGISTER}
        Object.defineProperty(process, 'versions', { value: { ...process.versions, bun: '1.2' } });
        try { register(); } catch ({ message }) { console.log(JSON.stringify(message)); }
      `),
    ).toContain('Bun does not tell of requests');
  });
});

describe('an upgrade that proxy.ts refuses, which Next leaves without an answer', () => {
  it('gets the problem, unless somebody else has answered it', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader, trustedHeaderProxy } = await load();
        const { NextRequest } = await import('next/server.js');
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const proxy = trustedHeaderProxy({ onRefusal: () => new Response('a page') });
        const statuses = [];
        const server = http.createServer().listen(0, '127.0.0.1');
        server.on('upgrade', async (req, socket) => {
          if (req.headers['x-own']) socket.write('HTTP/1.1 101 Own\\r\\n\\r\\n');
          const { status } = await proxy(new NextRequest('http://a/', { headers: req.headers }));
          statuses.push(status);
          if (req.headers['x-own'] || status === 200) socket.end('open');
        });
        await once(server, 'listening');
        const lines = ['Connection: Upgrade', 'Upgrade: websocket'];
        const answers = [];
        for (const more of [[], ['X-Own: 1'], ['Remote-User: alice']]) {
          const answer = await exchange(server.address().port, [...lines, ...more]);
          answers.push(answer.match(/HTTP.1.1 [^\\r]*|open$/g).join());
        }
        console.log(JSON.stringify([...answers, ...statuses]));
      `),
    ).toEqual(['HTTP/1.1 401 Unauthorized', 'HTTP/1.1 101 Own,open', 'open', 401, 401, 200]);
  });
});
