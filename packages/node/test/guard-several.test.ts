import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type Server as NetServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator, keptDecision } from '@trusted-header/core';
import { guardServer } from '../src/index.js';
import { selfSigned } from './own/self-signed.mjs';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const STRANGER = '127.0.0.2';
const UPGRADE = get().replace('close', 'Upgrade').replace('\r\n\r\n', '\r\nUpgrade: test\r\n\r\n');
const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Says for whom it takes a request. */
function tell(server: Server): Server {
  servers.push(server);
  return server.on('request', (req, res) => {
    const decision = keptDecision(req);
    res.end(decision?.kind === 'authenticated' ? decision.identity.user : decision?.kind);
  });
}

async function statusOf(server: NetServer, bytes: string, localAddress: string): Promise<string> {
  const answer = await sendRaw({ port: portOf(server), localAddress }, bytes);
  return `${answer.slice(9, 12)} ${answer.split('\r\n\r\n')[1]}`;
}

describe('guardServer', () => {
  it('without a handler lets users in, and nobody else', async () => {
    const server = tell(createServer());
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    expect(await statusOf(server, get('Remote-User: john'), '127.0.0.1')).toMatch(/^200 .*john/s);
    expect(await statusOf(server, get('Remote-User: john'), STRANGER)).toMatch(/^403/);
    expect(await statusOf(server, get(), STRANGER)).toMatch(/^401/);
  });

  it.each([
    ['refuse', 'allow', '401', '101'],
    ['allow', 'refuse', '200', '401'],
    ['allow', undefined, '200', '101'],
    ['refuse', undefined, '401', '401'],
  ] as const)(
    'with anonymous %s and anonymousSockets %s answers nobody %s, and an upgrade %s',
    async (anonymous, sockets, status, upgraded) => {
      const server = tell(createServer());
      server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 in\r\n\r\n'));
      guardServer(server, {
        authenticator,
        anonymous,
        ...(sockets && { anonymousSockets: sockets }),
      });
      await listen(server, '127.0.0.1');
      expect((await statusOf(server, get(), STRANGER)).slice(0, 3)).toBe(status);
      expect((await statusOf(server, UPGRADE, STRANGER)).slice(0, 3)).toBe(upgraded);
    },
  );

  it('lets in only whom all of several guards let in', async () => {
    const server = tell(createServer());
    guardServer(server, authenticator);
    guardServer(server, { trustedProxies: '127.0.0.9', log: false, anonymous: 'allow' });
    await listen(server, '127.0.0.1');
    expect(await statusOf(server, get('Remote-User: john'), '127.0.0.1')).toMatch(/^403/);
  });

  it.each(['before', 'after'])(
    'is first where somebody replaces emit of all servers %s',
    async (when) => {
      const seen: unknown[] = [];
      const { prototype } = Server;
      const own = Object.getOwnPropertyDescriptor(prototype, 'emit');
      const patch = (): void => {
        const real = prototype.emit;
        Object.defineProperty(prototype, 'emit', {
          value(this: Server, event: string, ...args: unknown[]) {
            const [req] = args;
            if (event === 'request') seen.push(Reflect.get(Object(req), 'rawHeaders'));
            return Reflect.apply(real, this, [event, ...args]);
          },
          configurable: true,
          writable: true,
        });
      };
      const server = tell(createServer());
      if (when === 'before') patch();
      guardServer(server, authenticator);
      if (when === 'after') patch();
      await listen(server, '127.0.0.1');
      try {
        await statusOf(server, get('Remote-User: mallory'), STRANGER);
        await statusOf(server, get('Remote-User: john'), '127.0.0.1');
      } finally {
        if (own) Object.defineProperty(prototype, 'emit', own);
        else Reflect.deleteProperty(prototype, 'emit');
      }
      expect(seen).toEqual([['Host', 'app', 'Connection', 'close']]);
    },
  );

  it('stands in front of the same application over TLS', async () => {
    const handler = (_req: unknown, res: { end(text: string): void }) => res.end('in');
    const plain = createServer(handler);
    guardServer(plain, { authenticator, handler });
    const secure = createTlsServer(selfSigned(), handler);
    const seen: unknown[] = [];
    secure.prependListener('request', (req) => seen.push(req.headers['remote-user']));
    secure.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    servers.push(secure);
    await listen(secure, '127.0.0.1');
    const ask = async (bytes: string, localAddress: string): Promise<string> => {
      const socket = connect({ port: portOf(secure), host: '127.0.0.1', localAddress });
      const tls = connectTls({ socket, rejectUnauthorized: false });
      tls.write(bytes);
      const [data] = await once(tls, 'data');
      tls.destroy();
      return String(data).slice(9, 12);
    };
    // Upgrades first: Node tells of ordinary requests on other channels as well.
    expect(await ask(UPGRADE, STRANGER)).toBe('401');
    expect(await ask(UPGRADE.replace('Upgrade: t', 'Remote-User: x\r\nUpgrade: t'), STRANGER)).toBe(
      '403',
    );
    expect(await ask(get('Remote-User: mallory'), STRANGER)).toBe('403');
    expect(await ask(get('Remote-User: john'), '127.0.0.1')).toBe('200');
    expect(seen).toEqual([undefined]);
  });
});

describe('a refused upgrade', () => {
  it('leaves no connection behind whose client keeps its side open', async () => {
    const server = createServer().on('upgrade', () => undefined);
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    const clients = await Promise.all(Array.from({ length: 50 }, () => halfOpen(portOf(server))));
    await sleep(200);
    const count = await new Promise((counted) => server.getConnections((_, n) => counted(n)));
    server.close();
    for (const client of clients) client.destroy();
    expect(count).toBe(0);
  });

  it('harms nobody whose client is gone by then', async () => {
    const server = createServer().on('upgrade', () => undefined);
    guardServer(server, authenticator);
    await listen(server, '127.0.0.1');
    for (let i = 0; i < 20; i++) {
      const socket = connect(portOf(server), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      socket.write(UPGRADE);
      if (i % 2 === 0) await sleep(0);
      socket.resetAndDestroy();
    }
    await sleep(50);
    server.close();
    await once(server, 'close');
  });
});

/** Asks for a WebSocket without an identity, reads the refusal, and stays. */
async function halfOpen(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(UPGRADE);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 401/);
  socket.resume();
  return socket;
}
