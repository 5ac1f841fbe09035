import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, mkdtemp, rm } from 'node:fs/promises';
import { createServer, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listenerOf } from '../src/listener-of.js';
import { inProcess, productionEnv } from './in-process.js';
import { get, sendRaw } from './raw-request.js';
import { startServerProcess } from './server-process.js';

const CLAIM = get('Remote-User: john');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** What a server says of a claim that comes over its Unix socket. */
const ANSWER = `(req, res) => {
  const facts = factsFromRequest(req);
  const { authenticate } = createAuthenticator({ trustedProxies: TRUSTED, log: (line) => seen.push(line) });
  const decision = authenticate(facts);
  res.end(JSON.stringify([facts.unixSocket ?? null, decision.kind, ...seen]));
}`;

describe('a Unix listener (T5)', () => {
  it.each([
    ['FOLDER//app.sock', 'FOLDER/app.sock', 'two slashes'],
    ['FOLDER/./app.sock', 'FOLDER/app.sock', 'a segment that is none'],
    ['app.sock', 'FOLDER/app.sock', 'a relative path, whatever chdir() comes later'],
  ])('at %s is %s: %s', async (path, shown) => {
    const app = await startServerProcess(`
      const TRUSTED = ${JSON.stringify(`unix:${folder}/app.sock`)};
      process.chdir(${JSON.stringify(folder)});
      const server = http.createServer(${ANSWER});
      await listen(server, { path: ${JSON.stringify(path.replace('FOLDER', folder))} });
      tell({ port: 0 });
      answers = () => { process.chdir('/'); return 'moved'; };
    `);
    for (const _ of ['before', 'after']) {
      const answer = await sendRaw({ path: `${folder}/app.sock` }, CLAIM);
      const [listener, kind] = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
      expect([listener, kind]).toEqual([shown.replace('FOLDER', folder), 'authenticated']);
      await app.ask();
    }
    app.stop();
  });

  it.each([
    ['unix:fd', 'authenticated'],
    ['unix:FOLDER/app.sock', 'refused'],
    ['127.0.0.1', 'refused'],
  ])('that came as a descriptor is unix:fd, and for %s a claim is %s', async (entry, kind) => {
    const path = join(folder, 'app.sock');
    const listener = createServer().listen(path);
    await once(listener, 'listening');
    const fd: unknown = Reflect.get(Reflect.get(listener, '_handle'), 'fd');
    const script = `
      import http from 'node:http';
      import { createAuthenticator } from '@trusted-header/core';
      import { factsFromRequest } from '@trusted-header/node';
      const TRUSTED = ${JSON.stringify(entry.replace('FOLDER', folder))}, seen = [];
      http.createServer(${ANSWER}).listen({ fd: 3 }, () => console.log('listening'));
    `;
    // As systemd hands it over: the socket listens already, and the program gets its number.
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: new URL('..', import.meta.url).pathname,
      env: productionEnv(),
      stdio: ['ignore', 'pipe', 'inherit', Number(fd)],
    });
    if (child.stdout) await once(child.stdout, 'data');
    // From here on this process accepts nothing any more. Closing takes the name away.
    await link(path, `${path}.again`);
    listener.close();
    const answer = await sendRaw({ path: `${path}.again` }, CLAIM);
    child.kill();
    const [unixSocket, found, line] = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
    expect([unixSocket, found]).toEqual(['fd', kind]);
    if (kind === 'refused') expect(line).toMatch(/add unix:fd$/);
  });
});

describe('a connection that the application itself hands to a server', () => {
  it.each([
    ['a server that does not listen', ''],
    ['a server on a port', "listen(0, '127.0.0.1')"],
    ['a server on a path', "listen(FOLDER + '/app.sock')"],
  ])('is nobody’s where it is no socket, and came over no listener: %s', async (_, listen) => {
    const decided = await inProcess(`
      import { Duplex } from 'node:stream';
      import { createAuthenticator } from '@trusted-header/core';
      const FOLDER = ${JSON.stringify(folder)};
      const trustedProxies = ['127.0.0.1', 'unix:fd', 'unix:' + FOLDER + '/app.sock'];
      const { authenticate } = createAuthenticator({ trustedProxies, log: false });
      const decided = [];
      const listener = http.createServer((req) => {
        const facts = factsFromRequest(req);
        decided.push(facts.unixSocket ?? null, authenticate(facts).reason);
      });
      ${listen === '' ? '' : `await once(listener.${listen}, 'listening');`}
      const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
      listener.emit('connection', stream);
      stream.push(${JSON.stringify(CLAIM)});
      await sleep(50);
      console.log(JSON.stringify(decided));
    `);
    expect(decided).toEqual([null, 'peer-unknown']);
  });

  it('is no Unix socket because it has no address, where the server listens on none', async () => {
    const server = createServer();
    expect(listenerOf(new Socket(), server)).toBeUndefined();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(listenerOf(new Socket(), server)).toBeUndefined();
    server.close();
  });
});

describe('an address that somebody has put on the socket (T9)', () => {
  const WRAPPER = `
    // What wrappers for the PROXY protocol do: the first line of a connection says who it is.
    const wrap = (target) => net.createServer((socket) => {
      socket.once('data', (bytes) => {
        const text = String(bytes);
        const [line] = text.split('\\r\\n');
        const [, , address] = line.split(' ');
        Object.defineProperty(socket, 'remoteAddress', { get: () => address });
        target.emit('connection', socket);
        socket.unshift(Buffer.from(text.slice(line.length + 2)));
      });
    });`;

  it.each(['127.0.0.1', 'a socket'])(
    'is not believed over %s, and the line says so',
    async (over) => {
      const path = join(folder, 'app.sock');
      const app = await startServerProcess(`
      ${WRAPPER}
      const TRUSTED = '172.20.0.2';
      const server = http.createServer(${ANSWER});
      tell({ port: await listen(wrap(server), ${over === 'a socket' ? JSON.stringify({ path }) : "{ port: 0, host: '127.0.0.1' }"}) });
    `);
      const where = over === 'a socket' ? { path } : { port: app.port, localAddress: '127.0.0.2' };
      const answer = await sendRaw(where, `PROXY TCP4 172.20.0.2 172.20.0.3 1 2\r\n${CLAIM}`);
      const [, kind, line] = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
      expect(kind).toBe('refused');
      expect(line).toMatch(/whose remoteAddress has been redefined in this process/);
      app.stop();
    },
  );

  it('that says what the kernel says changes nothing', async () => {
    const app = await startServerProcess(`
      const TRUSTED = '127.0.0.1';
      const server = http.createServer(${ANSWER});
      server.on('connection', (socket) => {
        const { remoteAddress } = socket;
        Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
      });
      tell({ port: await listen(server) });
    `);
    expect(await sendRaw({ port: app.port }, CLAIM)).toContain('"authenticated"');
    app.stop();
  });
});
