import { once } from 'node:events';
import { connect, sensitiveHeaders } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Asks over HTTP/2, with trailers if there are any, and gives status and body. */
async function ask(
  port: number,
  headers: Record<string, string>,
  { from = '127.0.0.1', trailers = {} }: { from?: string; trailers?: Record<string, string> } = {},
): Promise<string> {
  const client = connect(`http://127.0.0.1:${port}`, {
    createConnection: () => connectSocket({ host: '127.0.0.1', port, localAddress: from }),
  });
  const never = Object.keys(headers);
  const stream = client.request(
    { ':method': 'POST', ...headers, [sensitiveHeaders]: never },
    { waitForTrailers: true },
  );
  stream.on('wantTrailers', () =>
    stream.sendTrailers({ ...trailers, [sensitiveHeaders]: Object.keys(trailers) }),
  );
  stream.end('body');
  const [{ ':status': status }] = await once(stream, 'response');
  let body = '';
  for await (const chunk of stream) body += chunk;
  client.close();
  return `${status} ${body}`;
}

const ROOT = { 'remote-user': 'root' };
const JOHN = { 'remote-user': 'john' };

describe.each([
  ['requests only', ''],
  // An application that answers some streams itself, and to which nobody asks about the others.
  ['streams as well', "server.on('stream', (stream, headers) => { spy('stream', { headers }); });"],
])('HTTP/2 with listeners of %s', (_name, more) => {
  let app: ServerProcess;
  beforeAll(async () => {
    app = await startServerProcess(`
      const server = http2.createServer();
      ${more}
      guardServer(server, authenticator);
      const held = [];
      server.on('request', async (req, res) => {
        spy('request', { headers: req.headers, rawHeaders: req.rawHeaders });
        const early = req.trailers;
        const direct = [];
        req.stream.on('trailers', (headers, _flags, raw) => direct.push(...Object.keys(headers), ...raw));
        for await (const _ of req);
        const names = [...Object.keys(early), ...Object.keys(req.trailers), ...req.rawTrailers, ...direct];
        const secret = [req.headers, early].flatMap((each) => each[http2.sensitiveHeaders] ?? []);
        res.end(JSON.stringify([whoIs(req), names.filter((name) => /^[rx]/.test(name)), secret]));
      });
      tell({ port: await listen(server) });
    `);
  });
  afterAll(() => app.stop());

  it('refuses a stranger and nobody, and nobody else hears of them', async () => {
    expect(await ask(app.port, ROOT, { from: '127.0.0.2' })).toMatch(/^403 .*peer-untrusted/);
    expect(await ask(app.port, {}, { from: '127.0.0.2' })).toMatch(/^401 /);
    expect(await ask(app.port, { ...ROOT, remote_user: 'x' })).toMatch(/^403 .*header-ambiguous/);
    expect(await app.ask()).toMatchObject({ read: [], seen: [] });
  });

  it('lets a user pass, decided once, without the header, its trailers and its name', async () => {
    const trailers = { 'remote-user': 'root', 'x-sum': '7' };
    expect(await ask(app.port, { ...JOHN, 'x-own': '1' }, { trailers })).toBe(
      '200 ["john",["x-sum","x-sum","x-sum","x-sum","x-sum"],["x-own","x-sum"]]',
    );
    expect(await app.ask()).toMatchObject({ read: [], events: ['authenticated'] });
  });
});
