import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { resolveNodeOptions, watchTrustedProxies } from '../../src/index.js';
import { type HttpsOptions, httpsSource } from '../../src/live/https-source.js';
import { makeAuthority } from '../own/make-certificate.mjs';
import { selfSigned } from '../own/self-signed.mjs';
import { portOf } from '../raw-request.js';

const { cert, key } = selfSigned();
let server: Server;
let answer: RequestListener = () => {};
let requests = 0;
beforeAll(async () => {
  server = createServer({ cert, key }, (req, res) => {
    requests += 1;
    answer(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function read(
  how: RequestListener,
  options: HttpsOptions = { ca: cert },
  host = 'localhost',
  ms = 5_000,
) {
  answer = how;
  const source = httpsSource(`https://${host}:${portOf(server)}/list`, options);
  return source.read(AbortSignal.timeout(ms));
}

describe('a list on the web', () => {
  it('is read, and again after an hour', async () => {
    expect(await read((_, res) => res.end('173.245.48.0/20\n103.21.244.0/22\n'))).toEqual({
      entries: ['173.245.48.0/20', '103.21.244.0/22'],
      nextMs: 3_600_000,
    });
  });

  it('is read as often as an option says', async () => {
    const answers: RequestListener = (_, res) => res.end('["10.0.0.0/8"]');
    const { nextMs } = await read(answers, { ca: cert, refreshSeconds: 60 });
    expect(nextMs).toBe(60_000);
  });

  it.each<[string, RequestListener, string]>([
    ['an error', (_, res) => void res.writeHead(500).end('10.0.0.1'), 'answers 500'],
    [
      'a page that is not there',
      (_, res) => void res.writeHead(404).end('10.0.0.1'),
      'answers 404',
    ],
    ['a bad question', (_, res) => void res.writeHead(400).end('10.0.0.1'), 'answers 400'],
    ['nothing', (_, res) => void res.writeHead(204).end(), 'answers 204'],
    ['a part', (_, res) => void res.writeHead(206).end('10.0.0.1'), 'answers 206'],
    [
      'a redirect',
      (_, res) => void res.writeHead(302, { location: 'https://evil.example/' }).end('10.0.0.1'),
      'answers 302: redirects are not followed, write where it leads to',
    ],
    [
      'several choices',
      (_, res) => void res.writeHead(300).end('10.0.0.1'),
      'answers 300: redirects are not followed, write where it leads to',
    ],
    [
      'half a body',
      (_, res) => {
        res.writeHead(200, { 'content-length': 100 });
        res.write('10.0.0.1\n');
        setTimeout(() => res.destroy(), 50);
      },
      'cannot be read, ECONNRESET',
    ],
    [
      'half a body in chunks',
      (_, res) => {
        res.write('10.0.0.1\n');
        setTimeout(() => res.destroy(), 50);
      },
      'cannot be read, ECONNRESET',
    ],
    [
      'a body that ends where the connection does: who is on the way can end it, and .10 is .1',
      (_, res) => {
        res.socket?.end('HTTP/1.1 200 OK\r\n\r\n10.0.0.1');
      },
      'does not say how long it is (Content-Length, or chunks), so that it may be half',
    ],
    [
      'a body that ends where the connection does, and says so',
      (_, res) =>
        void res.socket?.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n10.0.0.1'),
      'does not say how long it is (Content-Length, or chunks), so that it may be half',
    ],
    ...['x chunked', 'gzip,xchunked', 'chunkedx', 'chunked, gzip'].map(
      (coding): [string, RequestListener, string] => [
        `a body in chunks of which Node knows nothing, ${coding}`,
        (_, res) =>
          void res.socket?.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: ${coding}\r\n\r\n10.0.0.1`),
        'does not say how long it is (Content-Length, or chunks), so that it may be half',
      ],
    ),
    ['no answer', (_, res) => void res.destroy(), 'cannot be read, ECONNRESET'],
    [
      'another protocol, which nobody has asked for',
      (_, res) =>
        void res.socket?.end(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
        ),
      'cannot be read, Error: it ended without an answer',
    ],
    ['a page', (_, res) => void res.end(''), 'is empty'],
    [
      'what has no end',
      (_, res) => {
        const timer = setInterval(() => res.write('10.0.0.1\n'.repeat(10_000)), 1);
        res.on('close', () => clearInterval(timer));
      },
      'is longer than 1048576 bytes',
    ],
    [
      'more behind the longest list that there may be',
      (_, res) => {
        res.write('10.0.0.1\n'.padEnd(1_048_576));
        setTimeout(() => res.end('10.0.0.2'), 100);
      },
      'is longer than 1048576 bytes',
    ],
  ])('is not believed with %s', async (_, how, says) => {
    await expect(read(how)).rejects.toThrow(new Error(says));
  });

  it('is given up when it is slow, also in the middle', async () => {
    await expect(read(() => {}, { ca: cert }, 'localhost', 200)).rejects.toThrow('ABORT_ERR');
    const slow: RequestListener = (_, res) => {
      const timer = setInterval(() => res.write('10.0.0.1\n'), 20);
      res.on('close', () => clearInterval(timer));
    };
    await expect(read(slow, { ca: cert }, 'localhost', 300)).rejects.toThrow('cannot be read');
    expect(httpsSource('https://a.example/b').timing.timeoutMs).toBe(10_000);
  });

  it('is not read on when its status says that it is none', async () => {
    let isOver = (_: string) => {};
    const over = new Promise((resolve) => {
      isOver = resolve;
    });
    const endless: RequestListener = (_, res) => {
      res.on('close', () => isOver('the client has left'));
      res.writeHead(500).write('10.0.0.1\n');
    };
    await expect(read(endless)).rejects.toThrow('answers 500');
    // Long before the time of the read is over.
    expect(await Promise.race([over, wait(2_000)])).toBe('the client has left');
  });

  it('may come from whomever one of several certificates vouches for', async () => {
    const { entries } = await read((_, res) => res.end('10.0.0.1'), {
      ca: [makeAuthority('somebody else').cert, Buffer.from(cert)],
    });
    expect(entries).toEqual(['10.0.0.1']);
  });

  it.each([
    ['localhost', selfSigned().cert, 'SIGNATURE|SELF_SIGNED|UNABLE', 'of somebody else'],
    ['127.0.0.1', cert, 'ERR_TLS_CERT_ALTNAME_INVALID', 'for another host'],
  ])(
    'from %s with a certificate %#: it is refused before a byte is asked for',
    async (host, ca, code) => {
      const before = requests;
      await expect(read((_, res) => res.end('10.0.0.1'), { ca }, host)).rejects.toThrow(
        new RegExp(`cannot be read, .*(?:${code})`),
      );
      expect(requests).toBe(before);
    },
  );

  it('from nobody is not believed', async () => {
    const source = httpsSource('https://127.0.0.1:1/list');
    await expect(source.read(AbortSignal.timeout(2_000))).rejects.toThrow('ECONNREFUSED');
  });
});

it('a list on the web is read as who has options says, and not again because a stranger asks', async () => {
  answer = (_, res) => res.end('10.0.0.1');
  const trustedProxies = `https://localhost:${portOf(server)}/list`;
  const authenticator = createAuthenticator({ trustedProxies, log: false });
  resolveNodeOptions(authenticator);
  const watch = watchTrustedProxies(authenticator, undefined, { https: { ca: cert } });
  await watch.ready;
  const before = requests;
  const decide = (peer: string) =>
    authenticator.authenticate({ peer, rawHeaders: ['Remote-User', 'alice'] }).kind;
  expect(['10.0.0.1', '10.0.0.2'].map(decide)).toEqual(['authenticated', 'refused']);
  // A name would be looked up again after five seconds.
  await wait(5_500);
  expect(requests).toBe(before);
  watch.close();
});
