import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { createAuthenticator, withProof } from '@trusted-header/core';
import { Hono } from 'hono';
import { trustedHeader } from '../src/index.js';

const TOKEN = '00112233445566778899aabbccddeeff';

process.env.TRUSTED_HEADER_PROBE = TOKEN;
afterAll(() => {
  delete process.env.TRUSTED_HEADER_PROBE;
});

/** A server whose upgrades are answered by the application, as @hono/node-ws does, and a client that has sent the probe's. */
async function upgrade(app: Hono) {
  const server = createServer().on('upgrade', (incoming, socket) => {
    socket.on('error', () => undefined);
    server.emit('answered', app.request('/', {}, { incoming }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  const lines = [
    'Connection: Upgrade',
    'Upgrade: x',
    'X-Proof: p',
    `Trusted-Header-Probe: ${TOKEN}`,
  ];
  socket.write(['GET / HTTP/1.1', 'Host: app', ...lines, '', ''].join('\r\n'));
  const [answer] = await once(server, 'answered');
  server.close();
  return { socket, answer };
}

async function textOf(answer: Promise<Response>): Promise<string> {
  const patience = new AbortController();
  const late = wait(2_000, new Response('for ever'), patience);
  const response = await Promise.race([answer, late]);
  patience.abort();
  return response.text();
}

it('is done with an upgrade of the probe whose client has hung up while its proof was asked for', async () => {
  const inner = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
  const authenticator = withProof(inner, {
    name: 'slow',
    headers: ['X-Proof'],
    asks: 'claims',
    prove: async () => {
      await wait(100);
      return { kind: 'refused', reason: 'assertion-signature' };
    },
  });
  const { socket, answer } = await upgrade(new Hono().use(trustedHeader(authenticator)));
  socket.resetAndDestroy();
  expect(await textOf(answer)).toBe('');
});

it('is done with an upgrade of the probe when its client has the answer', async () => {
  const app = new Hono().use(trustedHeader({ trustedProxies: '127.0.0.1', log: false }));
  const { socket, answer } = await upgrade(app);
  expect(await text(socket)).toContain('"receiver":1');
  expect(await textOf(answer)).toBe('');
});

it('answers the probe without a server, which has no version and no trailers', async () => {
  const app = new Hono().use(trustedHeader({ trustedProxies: '127.0.0.1', log: false }));
  const answer = await app.request('/', { headers: { 'Trusted-Header-Probe': TOKEN } });
  expect(await answer.json()).toMatchObject({ httpVersion: 'unknown', trailers: [] });
});
