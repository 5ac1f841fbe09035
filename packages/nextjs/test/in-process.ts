import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** `server` answers with what is known of each request; prints JSON. A process of its own: it is no test run. */
const PRELUDE = `
  import http from 'node:http';
  import net from 'node:net';
  import { once } from 'node:events';
  import { text } from 'node:stream/consumers';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { execFile, spawn } from 'node:child_process';
  const registry = () => globalThis[Symbol.for('@trusted-header/nextjs')];
  const ID = 'x-trusted-header-id';
  const load = () => import('@trusted-header/nextjs');
  const known = async (req) => {
    const { getDecision } = await load();
    const { kind, reason, identity } = await getDecision(req);
    return [kind, reason ?? identity?.user ?? null, req.headers['remote-user'] ?? null].join(' ');
  };
  let asker;
  let exchanges = 0;
  /** Sends the lines of a request from another process, as a proxy does, and gives all of the answer. */
  const exchange = (port, lines, from = '127.0.0.1') => new Promise((done, failed) => {
    asker ??= startAsker();
    const id = exchanges++;
    asker.on('message', function receive(answer) {
      if (answer.id !== id) return;
      asker.off('message', receive);
      if (answer.error) failed(new Error(answer.error));
      else done(answer.text);
    });
    const request = ['GET / HTTP/1.1', 'Host: a', 'Connection: close', ...lines, '', ''].join('\\r\\n');
    asker.send({ id, port, from, request });
  });
  const startAsker = () => spawn(process.execPath, ['--eval', \`
    const net = require('node:net');
    process.on('message', ({ id, port, from, request }) => {
      let text = '';
      const socket = net.connect({ port, host: '127.0.0.1', localAddress: from });
      socket.setEncoding('utf8').on('data', (data) => { text += data; });
      socket.on('error', ({ message }) => process.send({ id, error: message }));
      socket.on('close', () => process.send({ id, text }));
      socket.write(request);
    });\`], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }).setMaxListeners(0);
  /** The same, and gives the body. */
  const ask = async (...args) =>
    (await exchange(...args)).split('\\r\\n\\r\\n')[1].replace(/^[0-9a-f]+\\r\\n|\\r\\n0$/g, '');
  const headerOf = (answer, name) => new RegExp('^' + name + ': (.*)$', 'im').exec(answer)?.[1];
  const start = async (handler) => {
    const server = http.createServer(handler);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server.address().port;
  };
`;

/** Runs a script in a process of its own, without what says that this is a test run, and gives what it printed. */
export async function inProcess(script: string, flags: readonly string[] = []): Promise<unknown> {
  const { NODE_ENV: _, NODE_TEST_CONTEXT: __, JEST_WORKER_ID: ___, ...env } = process.env;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...flags, '--input-type=module', '--eval', `${PRELUDE}\n${script}\nprocess.exit();`],
    { cwd: new URL('..', import.meta.url).pathname, env, timeout: 20_000 },
  );
  return JSON.parse(stdout);
}
