import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { rejectUpgrade, sendProblem } from '../src/index.js';
import { run } from './in-process.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const refused = { kind: 'refused', reason: 'peer-untrusted', peer: '10.0.0.9' } as const;
const server = createServer((req, res) => sendProblem(req, res, refused));
afterEach(() => {
  server.close();
});

describe('sendProblem', () => {
  it('sends problem+json with its length, and no body to HEAD', async () => {
    await listen(server, '127.0.0.1');
    const answer = await sendRaw({ port: portOf(server) }, get());
    expect(answer).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    expect(answer).toContain('content-type: application/problem+json\r\n');
    expect(answer).toContain('content-length: 79\r\n');
    expect(answer.split('\r\n\r\n')[1]).toBe(
      '{"type":"about:blank","title":"Forbidden","status":403,"code":"peer-untrusted"}',
    );
    const head = await sendRaw({ port: portOf(server) }, get().replace('GET', 'HEAD'));
    expect(head).toMatch(/\r\n\r\n$/);
    const page = await sendRaw({ port: portOf(server) }, get('Accept: text/html'));
    expect(page).toContain('<!doctype html>');
  });
});

describe('rejectUpgrade', () => {
  it('answers with the problem and closes the connection', async () => {
    const upgrades = createServer();
    upgrades.on('upgrade', (_req, socket) =>
      rejectUpgrade(socket, { kind: 'anonymous', trusted: true }),
    );
    await listen(upgrades, '127.0.0.1');
    const answer = await sendRaw(
      { port: portOf(upgrades) },
      'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    upgrades.close();
    expect(answer).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\nconnection: close\r\n/);
    expect(answer).toContain('\r\ncontent-type: application/problem+json\r\n');
    expect(answer).toContain('\r\ncache-control: no-store\r\n');
    expect(answer).toContain(
      '\r\n\r\n{"type":"about:blank","title":"Unauthorized","status":401,"code":"authentication-required"}',
    );
  });

  it('keeps no process alive for a client that has had its answer', async () => {
    const { stdout } = await run([
      '--input-type=module',
      '--eval',
      `import http from 'node:http';
       import net from 'node:net';
       import { rejectUpgrade } from '@trusted-header/node';
       const server = http.createServer();
       server.on('upgrade', (_req, socket) => rejectUpgrade(socket, { kind: 'anonymous', trusted: true }));
       server.listen(0, '127.0.0.1', () => {
         const client = net.connect(server.address().port, '127.0.0.1');
         client.write('GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: Upgrade\\r\\nUpgrade: x\\r\\n\\r\\n');
         client.resume().on('close', () => {
           server.close();
           const begun = performance.now();
           process.on('exit', () => console.log(performance.now() - begun));
         });
       });`,
    ]);
    // Five seconds are for one that does not read it.
    expect(Number(stdout)).toBeLessThan(3_000);
  });
});
