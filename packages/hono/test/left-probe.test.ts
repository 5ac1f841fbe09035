import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
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
  const app = new Hono().use(trustedHeader(authenticator));
  // As @hono/node-ws does.
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
  socket.resetAndDestroy();
  server.close();
  const patience = new AbortController();
  expect(await Promise.race([answer, wait(2_000, 'for ever', patience)])).toHaveProperty('status');
  patience.abort();
});
