import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { guardServer, type OnServerRefusal } from '../src/index.js';
import { listen, portOf, sendRaw } from './raw-request.js';

const options = { trustedProxies: '127.0.0.1', log: false } as const;

const servers: Server[] = [];
let told: jest.Spied<typeof console.error>;
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const server of servers.splice(0)) server.close();
});

/** Serves what nobody is to reach, with somebody who listens to upgrades and CONNECT. */
async function start(onRefusal: OnServerRefusal, reached: string[] = []) {
  const handler: RequestListener = (req, res) => {
    reached.push(String(req.url));
    res.end('reached');
  };
  const server = createServer(handler);
  server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 101 reached\r\n\r\n'));
  server.on('connect', (_req, socket) => socket.end('HTTP/1.1 200 reached\r\n\r\n'));
  guardServer(server, { ...options, onRefusal });
  servers.push(server);
  await listen(server, '127.0.0.1');
  const port = portOf(server);
  return (...lines: readonly string[]) =>
    sendRaw(
      { port, localAddress: '127.0.0.1' },
      [...lines, 'Host: a', 'Connection: close', '', ''].join('\r\n'),
    );
}

const GET = 'GET / HTTP/1.1';

describe('onRefusal of guardServer', () => {
  it('answers on Node’s own request and response', async () => {
    const reached: string[] = [];
    const ask = await start(({ status, code, kind }, req, res) => {
      res.statusCode = status;
      res.end(`${req.url} ${kind} ${code}`);
    }, reached);
    expect(await ask(GET)).toMatch(/^HTTP\/1.1 401 [\s\S]*\/ anonymous authentication-required/);
    expect(await ask(GET, 'Remote-User: a', 'Remote-User: b')).toMatch(
      /^HTTP\/1.1 403 [\s\S]*\/ refused header-repeated/,
    );
    expect(reached).toEqual([]);
    expect(await ask(GET, 'Remote-User: a')).toMatch(/^HTTP\/1.1 200 [\s\S]*reached/);
  });

  it('is not asked about upgrades and CONNECT', async () => {
    const asked: string[] = [];
    const ask = await start(({ code }) => asked.push(code));
    expect(await ask(GET, 'Upgrade: websocket', 'Connection: Upgrade')).toMatch(/^HTTP\/1.1 401 /);
    expect(await ask('CONNECT a:80 HTTP/1.1')).toMatch(/^HTTP\/1.1 401 /);
    expect(asked).toEqual([]);
  });

  it('is not asked about an upgrade to which nobody listens: that is no page’s reader', async () => {
    const asked: string[] = [];
    const server = createServer((_req, res) => res.end('reached'));
    guardServer(server, { ...options, onRefusal: ({ code }) => asked.push(code) });
    servers.push(server);
    await listen(server, '127.0.0.1');
    const upgrade = [GET, 'Host: a', 'Upgrade: websocket', 'Connection: close, Upgrade', '', ''];
    const answer = await sendRaw({ port: portOf(server) }, upgrade.join('\r\n'));
    expect(answer).toMatch(/^HTTP\/1.1 401 [\s\S]*authentication-required/);
    expect(asked).toEqual([]);
  });

  it('sends the problem where it fails', async () => {
    const ask = await start(() => {
      throw new Error('broken');
    });
    expect(await ask(GET)).toContain('"code":"authentication-required"');
    expect(told.mock.calls).toEqual([['trusted-header: onRefusal failed:', new Error('broken')]]);
  });

  it('sends the problem at once where it says that it does not answer', async () => {
    const ask = await start(({ kind }, _req, res) => kind === 'refused' && res.end('answered'));
    expect(await ask(GET)).toMatch(/^HTTP\/1.1 401 [\s\S]*authentication-required/);
    expect(await ask(GET, 'Remote-User: a', 'Remote-User: b')).toMatch(/answered$/);
    expect(told).not.toHaveBeenCalled();
  });

  it('sends the problem where nothing has come after two seconds, and says so', async () => {
    const late: string[] = [];
    const ask = await start((_refusal, _req, res) => {
      setTimeout(() => {
        res.statusCode = 200;
        res.setHeader('x-late', 'yes');
        res.end('too late');
        late.push('ended');
      }, 2_100);
    });
    expect(await ask(GET)).toContain('"code":"authentication-required"');
    expect(told.mock.calls).toStrictEqual([
      ['trusted-header: onRefusal has not answered in two seconds, and the problem was sent'],
    ]);
    await new Promise((over) => setTimeout(over, 300));
    expect(late).toEqual(['ended']);
  });

  it('leaves an answer its time that has begun', async () => {
    const ask = await start((_refusal, _req, res) => {
      res.statusCode = 401;
      Reflect.apply(res.write, res, ['a long ']);
      setTimeout(() => res.end('page'), 2_200);
    });
    expect(await ask(GET)).toMatch(/^HTTP\/1.1 401 [\s\S]*a long [\s\S]*page/);
    expect(told).not.toHaveBeenCalled();
  });
});
