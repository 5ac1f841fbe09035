import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendRaw } from './raw-request.js';
import { type ServerProcess, startServerProcess } from './server-process.js';

/** Node's parser of HTTP/1 takes this line, and says that the major version is 2. */
const VERSIONS = ['HTTP/1.1', 'HTTP/2.0'];

describe('a request of HTTP/1 whose `stream` is the application’s', () => {
  let app: ServerProcess;
  beforeAll(async () => {
    app = await startServerProcess(`
      import { PassThrough } from 'node:stream';
      const shared = Object.assign(new PassThrough(), { headers: {} });
      const streams = { '/shared': () => shared, '/text': () => 'a text', '/own': () => new PassThrough() };
      const server = http.createServer((req, res) => {
        req.stream = streams[req.url]();
        req.headersDistinct;
        const decision = decideRequest(req, authenticator);
        req.resume().on('end', () => {
          const { headers, headersDistinct, rawHeaders, trailers } = req;
          const lines = [headers, headersDistinct, trailers].flatMap(Object.keys).concat(rawHeaders);
          const left = lines.filter((name) => /remote.user/i.test(name));
          res.end([req.httpVersion, decision.identity?.user ?? decision.kind, whoIs(req), left].join(' '));
        });
      });
      tell({ port: await listen(server) });
    `);
  });
  afterAll(() => app.stop());

  async function ask(first: string, localAddress: string, ...lines: string[]): Promise<string> {
    const head = [first, 'Host: app', 'Connection: close', ...lines, '', ''].join('\r\n');
    const body = lines.includes('Transfer-Encoding: chunked')
      ? '0\r\nRemote-User: root\r\n\r\n'
      : '';
    const answer = await sendRaw({ port: app.port, localAddress }, head + body);
    return answer.slice(answer.indexOf('\r\n\r\n') + 4);
  }

  it.each(VERSIONS)('is decided by itself, whatever else has that stream: %s', async (version) => {
    for (const path of ['/shared', '/text', '/own']) {
      const john = await ask(`GET ${path} ${version}`, '127.0.0.1', 'Remote-User: john');
      expect(john).toMatch(/ john john $/);
      const nobody = await ask(`GET ${path} ${version}`, '127.0.0.2');
      expect(nobody).toMatch(/ anonymous anonymous $/);
    }
  });

  it.each(VERSIONS)('is stripped of headers and trailers: %s', async (version) => {
    const answer = await ask(
      `POST /own ${version}`,
      '127.0.0.2',
      'Remote-User: root',
      'Transfer-Encoding: chunked',
    );
    expect(answer).toMatch(/ refused refused $/);
  });
});
