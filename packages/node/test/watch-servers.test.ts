import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { Agent, createServer, get, type Server } from 'node:http';
import { connect, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { watchServers } from '../src/index.js';
import { get as bytesOfGet, listen, portOf, sendRaw } from './raw-request.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

function watch(options?: { readonly withEarlier?: boolean }): {
  readonly told: readonly NetServer[];
  readonly stop: () => void;
} {
  const told: NetServer[] = [];
  const stop = watchServers((server) => told.push(server), options);
  closers.push(stop);
  return { told, stop };
}

async function start<Kind extends Server | NetServer>(server: Kind): Promise<Kind> {
  await listen(server, '127.0.0.1');
  closers.push(() => server.close());
  return server;
}

const website = () => createServer((_, res) => res.end('answered'));

async function ask(server: NetServer): Promise<void> {
  expect(await sendRaw({ port: portOf(server) }, bytesOfGet())).toContain('answered');
}

describe('who watches servers', () => {
  it('is told once of each that accepts a connection, before it handles a request, until it stops', async () => {
    const { told, stop } = watch();
    const asked: number[] = [];
    const [one, another, third] = [await start(website()), await start(website()), website()];
    one.prependListener('request', () => asked.push(told.length));
    expect(told).toEqual([]);
    await ask(one);
    await ask(one);
    await ask(another);
    stop();
    await ask(await start(third));
    expect([told.length, told[0] === one, told[1] === another]).toEqual([2, true, true]);
    expect(asked).toEqual([1, 1]);
  });

  it('is told of a server that had its connection before only if that is asked for', async () => {
    const server = await start(website());
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    closers.push(() => agent.destroy());
    const again = async () => {
      const [res] = await once(get({ port: portOf(server), host: '127.0.0.1', agent }), 'response');
      await once(res.resume(), 'end');
    };
    await again();
    const [without, withEarlier] = [watch(), watch({ withEarlier: true })];
    await again();
    expect([without.told.length, withEarlier.told.length]).toEqual([0, 1]);
    expect(withEarlier.told[0]).toBe(server);
    withEarlier.stop();
    const stopped = withEarlier.told.length;
    await again();
    expect(withEarlier.told).toHaveLength(stopped);
  });

  it('is told of the HTTP server to which another one hands a connection, and then leaves the socket alone', async () => {
    const counts: number[] = [];
    const behind = website();
    const front = await start(
      createNetServer((socket) => {
        socket.once('data', (bytes) => {
          // A listener of its own.
          socket.once('timeout', () => socket.destroy());
          counts.push(socket.listenerCount('newListener'));
          socket.pause();
          behind.emit('connection', socket);
          counts.push(socket.listenerCount('newListener'));
          socket.unshift(bytes);
          socket.resume();
        });
      }),
    );
    const { told } = watch();
    await ask(front);
    expect([told.length, told[0] === front, told[1] === behind]).toEqual([2, true, true]);
    // Others in this process may watch as well.
    expect([(counts[0] ?? 0) > 0, counts[1]]).toEqual([true, 0]);
  });

  it('listens to no socket of a server that handles requests itself', async () => {
    watch();
    const counts: number[] = [];
    const server = await start(website());
    server.on('request', ({ socket }) => counts.push(socket.listenerCount('newListener')));
    await ask(server);
    expect(counts).toEqual([0]);
  });

  it('does not mind what else is told where Node tells of connections', () => {
    const { told } = watch({ withEarlier: true });
    for (const name of ['net.server.socket', 'http.server.request.start']) {
      for (const message of [
        undefined,
        null,
        'text',
        {},
        { socket: {}, server: {} },
        { socket: { server: website() } },
      ]) {
        channel(name).publish(message);
      }
    }
    expect(told).toEqual([]);
  });

  it('hears of a connection that no server has', () => {
    const { told } = watch();
    const socket = connect(1, '127.0.0.1').on('error', () => undefined);
    channel('net.server.socket').publish({ socket });
    expect([told, socket.listenerCount('newListener')]).toEqual([[], 0]);
    socket.destroy();
  });
});
