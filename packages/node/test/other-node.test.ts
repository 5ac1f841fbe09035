import { createServer, IncomingMessage } from 'node:http';
import { expect, it, jest } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { get, listen, portOf, sendRaw } from './raw-request.js';

it('strips everything on a Node that keeps headers in another way', async () => {
  // None of its symbols are known: as if they had other names.
  const symbols = jest.spyOn(Object, 'getOwnPropertySymbols').mockReturnValue([]);
  const { stripHeaders } = await import('../src/index.js');
  expect(symbols).toHaveBeenCalledWith(expect.any(IncomingMessage));
  symbols.mockRestore();

  const seen: unknown[] = [];
  const server = createServer((req, res) => {
    stripHeaders(req, createAuthenticator({ trustedProxies: '127.0.0.1' }));
    seen.push({ ...req.headers }, { ...req.headersDistinct }, req.rawHeaders);
    res.end();
  });
  await listen(server, '127.0.0.1');
  await sendRaw({ port: portOf(server) }, get('Remote-User: a', 'X-One: 1', 'Remote_User: b'));
  server.close();
  expect(seen).toEqual([
    { host: 'app', connection: 'close', 'x-one': '1' },
    { host: ['app'], connection: ['close'], 'x-one': ['1'] },
    ['Host', 'app', 'Connection', 'close', 'X-One', '1'],
  ]);
});
