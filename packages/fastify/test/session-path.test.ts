import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import cookie from '@fastify/cookie';
import session from '@fastify/session';
import { afterEach, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { fastifySession, signIn, trustedHeader } from '../src/index.js';

const OUTSIDE =
  'trusted-header: a request gets 503: its target is outside the path of the session cookie';
const MISSING =
  'trusted-header: nobody can be signed in, requests get 503: signIn() found no session: register @fastify/session, or @fastify/secure-session, before it';

let app: FastifyInstance;
afterEach(() => app.close());

/** @param path That of the session cookie. */
async function start(path: string, order: readonly ('session' | 'sign-in')[]) {
  const lines: string[] = [];
  app = Fastify();
  await app.register(trustedHeader, { trustedProxies: '127.0.0.1', anonymous: 'allow' });
  await app.register(cookie);
  for (const each of order) {
    if (each === 'session') {
      const secret = 'a secret of this test and of nobody else';
      await app.register(session, { secret, cookie: { secure: 'auto', path } });
    } else {
      await app.register(signIn, {
        find: ({ user }: { user: string }) => ({ name: user }),
        session: fastifySession,
        log: (line: string) => void lines.push(line),
      });
    }
  }
  app.all('/*', (request) => request.user ?? 'nobody');
  await app.listen({ port: 0, host: '127.0.0.1' });
  return lines;
}

/** Sends a target as it is, and gives the status. */
async function ask(target: string, ...lines: readonly string[]): Promise<number> {
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    [`${target} HTTP/1.1`, 'Host: app', 'Connection: close', ...lines, '', ''].join('\r\n'),
  );
  return Number((await text(socket)).split(' ')[1]);
}

it.each([
  ['GET http://app/', '/'],
  ['OPTIONS *', '/'],
  ['GET /elsewhere', '/app'],
])(
  'says of %p, with a cookie for %p, that it is outside, and not that there is no plugin',
  async (target, path) => {
    const lines = await start(path, ['session', 'sign-in']);
    for (const claim of [[], ['Remote-User: alice']]) expect(await ask(target, ...claim)).toBe(503);
    expect(lines).toEqual([OUTSIDE]);
    expect(await ask(`GET ${path}`, 'Remote-User: alice')).toBe(200);
  },
);

it.each([{ order: ['sign-in'] }, { order: ['sign-in', 'session'] }] as const)(
  'says that the plugin is missing, where it is or comes too late: $order',
  async ({ order }) => {
    const lines = await start('/', order);
    expect(await ask('GET /', 'Remote-User: alice')).toBe(503);
    expect(lines).toEqual([MISSING]);
  },
);
