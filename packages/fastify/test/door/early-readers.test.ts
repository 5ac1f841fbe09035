import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** Fastify's own server, and the one that it makes for the second address of `localhost`. */
const HOSTS = ['127.0.0.1', '127.0.0.3'];
const PROXY = '127.0.0.1';
const STRANGER = '127.0.0.2';
const FORGED = { 'Remote-User': 'mallory', 'Remote-Groups': 'admin' };
const JOHN = { 'Remote-User': 'john' };

/** Who reads a request before any hook does, or where hooks do not run. */
const READERS = [
  'constraint',
  'frameworkErrors',
  'genReqId',
  'handler',
  'notFound',
  'onRequest',
  'rewriteUrl',
  'serializer',
];

describe.each([
  ['root', '1'],
  ['scope', '1'],
  ['root', '2'],
  ['scope', '2'],
])('a plugin of the %s, over HTTP/%s', (place, protocol) => {
  const visit = protocol === '1' ? visitHttp1 : visitHttp2;
  let child: ChildProcess;
  let port: number;
  beforeAll(async () => {
    const { NODE_ENV, JEST_WORKER_ID, ...env } = process.env;
    const file = fileURLToPath(new URL('./early-readers.mjs', import.meta.url));
    child = fork(file, [place, protocol], { env, execArgv: [], serialization: 'json' });
    [port] = await once(child, 'message');
  });
  afterAll(() => {
    child.kill();
  });

  it.each(HOSTS)('decides what comes to %s', async (host) => {
    expect(await visit(host, port, '/in', PROXY, JOHN)).toEqual([200, 'john']);
    expect((await visit(host, port, '/in', STRANGER, FORGED))[0]).toBe(403);
    expect((await visit(host, port, '/in', STRANGER, {}))[0]).toBe(401);
  });

  it('shows no claim to anybody who reads requests before its hook, or past it', async () => {
    for (const host of HOSTS) {
      for (const path of ['/in', '/in/unknown', '/unknown', '/out', '/in/%zz', '/%zz']) {
        await visit(host, port, path, STRANGER, FORGED);
        await visit(host, port, path, STRANGER, { Remote_User: 'mallory' });
        await visit(host, port, path, PROXY, { ...JOHN, Remote_User: 'mallory' });
        await visit(host, port, path, PROXY, JOHN);
      }
    }
    child.send('who has seen what?');
    const [seen] = await once(child, 'message');
    expect(seen).toEqual(Object.fromEntries(READERS.map((reader) => [reader, []])));
  });
});

type Answer = readonly [status: number | undefined, body: string];
type Headers = Readonly<Record<string, string>>;

async function visitHttp1(
  host: string,
  port: number,
  path: string,
  localAddress: string,
  headers: Headers,
): Promise<Answer> {
  const req = request({ host, port, path, headers, localAddress, agent: false }).end();
  const [res] = await once(req, 'response');
  return [res.statusCode, await text(res)];
}

async function visitHttp2(
  host: string,
  port: number,
  path: string,
  localAddress: string,
  headers: Headers,
): Promise<Answer> {
  const socket = connect({ host, port, localAddress });
  const session = connectHttp2(`http://${host}:${port}`, { createConnection: () => socket });
  const stream = session.request({ ':path': path, ...headers });
  const [head] = await once(stream, 'response');
  const body = await text(stream);
  session.close();
  return [head[':status'], body];
}
