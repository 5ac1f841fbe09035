import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { createAuthenticator, withProof } from '@trusted-header/core';
import express from 'express';
import { trustedHeader } from '../src/index.js';

it('hands nobody a request whose client has hung up while its proof was asked for', async () => {
  const inner = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
  const authenticator = withProof(inner, {
    name: 'slow',
    headers: ['X-Proof'],
    asks: 'claims',
    prove: async ({ value = '' }) => {
      await wait(100);
      return { kind: 'proven', identity: { user: value } };
    },
  });
  const reached: string[] = [];
  const app = express().use(trustedHeader(authenticator));
  app.use((req, res) => {
    reached.push(`${req.identity?.user}`);
    res.end();
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const visit = (user: string) => {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: app\r\nX-Proof: ${user}\r\n\r\n`);
    return socket;
  };
  const leaving = visit('alice');
  const staying = visit('bob');
  await wait(30);
  leaving.destroy();
  await once(staying, 'data');
  await wait(50);
  staying.destroy();
  server.close();
  expect(reached).toEqual(['bob']);
});
