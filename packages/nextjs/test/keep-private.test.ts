import { expect, it } from '@jest/globals';
import { inProcess } from './in-process.js';

/** `Cache-Control` of the answer of each handler, and a header that it sets as well. */
const ANSWERS = `
  const { registerTrustedHeader } = await load();
  registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false });
  const handlers = {
    'sets nothing': (res) => res.end('x'),
    'writes in two parts': (res) => { res.write('x'); res.end('y'); },
    'sets its own': (res) => { res.setHeader('Cache-Control', 'public, max-age=60'); res.end('x'); },
    'sets another': (res) => { res.setHeader('X-Other', 'a'); res.end('x'); },
    'writes its own': (res) => res.writeHead(200, { 'cache-control': 'no-store' }).end('x'),
    'writes its own in a list': (res) => res.writeHead(200, ['Cache-Control', 'no-store']).end('x'),
    'writes its own behind a phrase': (res) => res.writeHead(200, 'Fine', { 'CACHE-CONTROL': 'no-store' }).end('x'),
    'writes another': (res) => res.writeHead(200, { 'X-Other': 'a' }).end('x'),
    'writes another in a list': (res) => res.writeHead(200, ['X-Other', 'a']).end('x'),
  };
  let handler;
  const port = await start((req, res) => handler(res));
  const answers = {};
  for (const [name, each] of Object.entries(handlers)) {
    handler = each;
    const socket = await askHead(port, lines);
    answers[name] = ['cache-control', 'x-other'].flatMap((it) => socket.filter(([name]) => name === it).map(([, value]) => value)).join(' | ');
  }
  console.log(JSON.stringify(answers));
`;

const ASK_HEAD = `
  const askHead = (port, lines) => new Promise((done, failed) => {
    const script = \`
      const socket = require('node:net').connect(\${port}, '127.0.0.1');
      socket.write(\${JSON.stringify(['GET / HTTP/1.1', 'Host: a', 'Connection: close', ...lines, '', ''].join('\\r\\n'))});
      socket.pipe(process.stdout);\`;
    execFile(process.execPath, ['--eval', script], (error, out) => error ? failed(error) : done(
      out.split('\\r\\n\\r\\n')[0].split('\\r\\n').slice(1).map((line) => [line.split(':')[0].toLowerCase(), line.slice(line.indexOf(':') + 2)])
    ));
  });
`;

it('keeps answers to somebody out of shared caches, unless the application says otherwise', async () => {
  const script = `const lines = ['Remote-User: alice'];${ASK_HEAD}${ANSWERS}`;
  expect(await inProcess(script)).toEqual({
    'sets nothing': 'private',
    'writes in two parts': 'private',
    'sets its own': 'public, max-age=60',
    'sets another': 'private | a',
    'writes its own': 'no-store',
    'writes its own in a list': 'no-store',
    'writes its own behind a phrase': 'no-store',
    'writes another': 'private | a',
    'writes another in a list': 'private | a',
  });
});

it('leaves answers to nobody as they are', async () => {
  expect(await inProcess(`const lines = [];${ASK_HEAD}${ANSWERS}`)).toEqual({
    'sets nothing': '',
    'writes in two parts': '',
    'sets its own': 'public, max-age=60',
    'sets another': 'a',
    'writes its own': 'no-store',
    'writes its own in a list': 'no-store',
    'writes its own behind a phrase': 'no-store',
    'writes another': 'a',
    'writes another in a list': 'a',
  });
});
