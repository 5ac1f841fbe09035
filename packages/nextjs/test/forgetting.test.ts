import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { keepWhileOpen } from '../src/keep-while-open.js';
import { inProcess } from './in-process.js';

/** Clients that send a slow request and many more behind it, and are gone before the first is answered. */
const DROPPED = `
  const script = (port) => \`
    const net = require('node:net');
    for (let i = 0; i < 20; i++) {
      const socket = net.connect(\${port}, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('GET /slow HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\n\\\\r\\\\n' + 'GET / HTTP/1.1\\\\r\\\\nHost: a\\\\r\\\\n\\\\r\\\\n'.repeat(200));
      setTimeout(() => socket.destroy(), 800);
    }\`;
  const drop = (port) => new Promise((done, failed) => {
    execFile(process.execPath, ['--eval', script(port)], (error) => error ? failed(error) : done());
  });
  const forgotten = async (count) => {
    for (let i = 0; i < 40 && count() > 0; i++) await sleep(50);
  };
  let seen = 0;
  let most = 0;
  const handler = (req, res) => {
    seen++;
    most = Math.max(most, registry().decisions.size + registry().early.size);
    if (req.url === '/slow') setTimeout(() => res.end(), 1_600); else res.end('x');
  };
`;

describe('requests whose answers never had the connection', () => {
  it('are forgotten with it', async () => {
    expect(
      await inProcess(`
        ${DROPPED}
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const port = await start(handler);
        await drop(port);
        await forgotten(() => registry().decisions.size);
        console.log(JSON.stringify([seen, most > 1000, registry().decisions.size]));
      `),
    ).toEqual([4020, true, 0]);
  });

  it('are forgotten before there are options, too', async () => {
    expect(
      await inProcess(
        `
        ${DROPPED}
        const port = await start(handler);
        await drop(port);
        await forgotten(() => registry().early.size);
        console.log(JSON.stringify([seen, most > 1000, registry().early.size]));
      `,
        ['--import', '@trusted-header/nextjs/preload'],
      ),
    ).toEqual([4020, true, 0]);
  });

  it('are known as long as it is open', async () => {
    expect(
      await inProcess(`
        const { registerTrustedHeader } = await load();
        registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
        const port = await start(async (req, res) => {
          if (req.url === '/first') await sleep(300);
          res.end(await known(req));
        });
        const socket = net.connect(port, '127.0.0.1');
        const line = (path, ...more) => ['GET ' + path + ' HTTP/1.1', 'Host: a', 'X: y', ...more, '', ''].join('\\r\\n');
        socket.write(line('/first') + line('/second') + line('/third', 'Connection: close'));
        const answers = (await text(socket)).match(/anonymous|undecided/g);
        await sleep(50);
        console.log(JSON.stringify([answers, registry().decisions.size]));
      `),
    ).toEqual([['anonymous', 'anonymous', 'anonymous'], 0]);
  });
});

it('keeps nothing for a connection that has closed already: it will not close again', async () => {
  const socket = new Socket();
  socket.destroy();
  await once(socket, 'close');
  const map = new Map<string, string>();
  keepWhileOpen(map, ['a', 'x'], { socket, response: undefined });
  expect(map.size).toBe(0);
});

it('leaves Next as many listeners before Node warns as it has without us', () => {
  const socket = new Socket();
  const response = new ServerResponse(new IncomingMessage(socket));
  keepWhileOpen(new Map<string, string>(), ['a', 'x'], { socket, response });
  expect(response.getMaxListeners() - response.listenerCount('close')).toBe(10);
});

it('holds a bounded number of decisions; the oldest are undecided then, and the log says so once', async () => {
  expect(
    await inProcess(`
      const lines = [];
      console.error = (line) => lines.push(line);
      const { registerTrustedHeader } = await load();
      registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
      const oldest = [];
      const port = await start(async (req, res) => {
        if (req.url === '/more') {
          // As if so many had come in the meantime, and none of them were answered.
          for (let i = registry().decisions.size; i < 100_000; i++) registry().decisions.set('other-' + i, {});
          await ask(port, []);
          registry().decisions.set('another', {});
          await ask(port, []);
          return res.end('x');
        }
        if (req.url !== '/wait') return res.end('x');
        oldest.push(await known(req));
        await new Promise((done) => req.socket.once('close', done));
      });
      const waiting = net.connect(port, '127.0.0.1');
      waiting.write('GET /wait HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n');
      await sleep(100);
      const [id] = registry().decisions.keys();
      const more = net.connect(port, '127.0.0.1');
      more.write('GET /more HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n');
      await text(more);
      const { getDecision } = await load();
      oldest.push((await getDecision({ headers: { [ID]: id } })).kind);
      console.log(JSON.stringify([oldest, registry().decisions.size <= 100_000, lines.length, lines[0]?.slice(0, 60)]));
    `),
  ).toEqual([
    ['anonymous  ', 'undecided'],
    true,
    1,
    'trusted-header: more than 100000 requests at once: the oldes',
  ]);
});
