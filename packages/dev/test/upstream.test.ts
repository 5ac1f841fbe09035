import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { routeTo } from '../src/gateway/upstream-route.js';
import { type DevOptions, type RunningDev, startDev } from '../src/index.js';
import { ask, signIn } from './client.js';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Seen {
  readonly peer: string | undefined;
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
}

/** An application on one address, that keeps what it sees. */
async function startApp(host: string): Promise<{ port: number; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer({ maxHeaderSize: 65_536 }, (req, res) => {
    const { cookie, authorization } = req.headers;
    seen.push({ peer: req.socket.remoteAddress, cookie, authorization });
    res.end('ok');
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, req) => socket.send(String(req.socket.remoteAddress)));
  server.listen(0, host);
  await once(server, 'listening');
  closers.push(() => {
    sockets.close();
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, seen };
}

async function startGateway(
  target: string,
  more: Partial<DevOptions> = {},
): Promise<{ dev: RunningDev; url: string; cookie: string }> {
  const dev = await startDev({
    users: [{ user: 'john', password: 'secret' }],
    upstreams: [{ target, port: 0 }],
    portalPort: 0,
    ...more,
  });
  closers.push(() => dev.close());
  const cookie = await signIn(dev.portalUrl, { pick: 'john' });
  return { dev, url: dev.gateways[0]?.url ?? '', cookie };
}

describe('an upstream', () => {
  it.each([
    // where the application listens, how the gateway is told, whom the application sees, why
    ['127.0.0.1', 'localhost', '127.0.0.1', 'a name is IPv4 first'],
    [
      '::',
      'localhost',
      '::ffff:127.0.0.1',
      'also on a dual-stack socket, whatever /etc/hosts says',
    ],
    ['::1', 'localhost', '::1', 'and IPv6 where nothing else listens'],
    ['::1', 'app.localhost', '::1', 'under any such name'],
    ['::1', '[::1]', '::1', 'an IPv6 address is itself'],
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', 'an IPv4 address is itself'],
  ])('on %s, told as %s, is reached from %s: %s', async (host, name, peer, _why) => {
    const { port, seen } = await startApp(host);
    const { url, cookie } = await startGateway(`http://${name}:${port}`);
    expect((await ask(url, { headers: { cookie } })).status).toBe(200);
    expect(seen.at(-1)?.peer).toBe(peer);
    const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, { headers: { cookie } });
    const [message] = await once(socket, 'message');
    expect(String(message)).toBe(peer);
    socket.terminate();
  });

  it('that is not there is named, with the reason, under a name too', async () => {
    const lines: string[] = [];
    const { url, cookie } = await startGateway('http://localhost:1', {
      log: (line) => lines.push(line),
    });
    expect((await ask(url, { headers: { cookie } })).status).toBe(502);
    expect(lines).toEqual(['the application does not answer at http://localhost:1: ECONNREFUSED']);
  });

  it.each([
    ['http://127.0.0.1:3000', '127.0.0.1'],
    ['http://127.0.0.2:3000', '127.0.0.1'],
    ['http://localhost:3000', '127.0.0.1,::1'],
    ['https://shop.localhost', '127.0.0.1,::1'],
    ['http://[::1]:3000', '::1'],
    ['http://192.0.2.7:3000', undefined],
  ])('%s must trust %s', (target, trustedProxies) => {
    expect(routeTo(target).trustedProxies).toBe(trustedProxies);
  });
});

describe('what opens other applications too', () => {
  const authorization = `Basic ${Buffer.from('john:secret').toString('base64')}`;

  it('reaches the application, as behind Authelia', async () => {
    const { port, seen } = await startApp('127.0.0.1');
    const { url, cookie } = await startGateway(`http://127.0.0.1:${port}`);
    await ask(url, { headers: { cookie: `a=1; ${cookie}` } });
    await ask(url, { headers: { authorization } });
    expect(seen).toMatchObject([{ cookie: `a=1; ${cookie}` }, { authorization }]);
  });

  it('is kept from it where it is told to, and the application’s own cookies and tokens are not', async () => {
    const { port, seen } = await startApp('127.0.0.1');
    const { url, cookie } = await startGateway(`http://127.0.0.1:${port}`, { hideSession: true });
    await ask(url, { headers: { cookie: `a=1; ${cookie}; b=2` } });
    await ask(url, { headers: { cookie } });
    await ask(url, { headers: { authorization } });
    await ask(url, { headers: { cookie, authorization: 'Bearer abc' } });
    expect(seen.map(({ cookie: got, authorization: token }) => [got, token])).toEqual([
      ['a=1; b=2', undefined],
      [undefined, undefined],
      [undefined, undefined],
      [undefined, 'Bearer abc'],
    ]);
  });
});

describe('readBufferBytes', () => {
  it('is the limit of portal and gateway, as server.buffers.read is Authelia’s', async () => {
    const { port, seen } = await startApp('127.0.0.1');
    const readBufferBytes = 32_768;
    const { dev, url, cookie } = await startGateway(`http://127.0.0.1:${port}`, {
      readBufferBytes,
    });
    const big = (bytes: number): Record<string, string> => ({
      cookie: `${cookie}; big=${'x'.repeat(bytes)}`,
    });
    for (const at of [url, dev.portalUrl]) {
      expect((await ask(at, { headers: big(31_000) })).status).toBe(200);
      expect((await ask(at, { headers: big(33_000) })).status).toBe(431);
    }
    expect(seen).toHaveLength(1);
  });
});
