import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { redactPaths } from '@trusted-header/core/formatters';
import { type LoggerOptions, pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { decideRequest } from '../src/index.js';
import { get, listen, portOf, sendRaw } from './raw-request.js';

const SECRET = '0123456789abcdef0123456789abcdef';

const authenticator = createAuthenticator({
  trustedProxies: '127.0.0.1',
  sharedSecret: { header: 'X-Proxy-Secret', values: [SECRET] },
  log: false,
});

const CLAIM = get(
  'Remote-User: john',
  'Remote_Name: John',
  `X-Proxy-Secret: ${SECRET}`,
  'X-One: 1',
);

type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** What a logger writes of a request, in front of the adapter or behind it. */
async function linesOf(order: 'before' | 'after', options: LoggerOptions): Promise<string> {
  let lines = '';
  const stream = new Writable({
    write(chunk, _, done) {
      lines += chunk;
      done();
    },
  });
  const logger = pino(options, stream);
  const log: Handler = pinoHttp({ logger });
  const decide: Handler = (req) => void decideRequest(req, authenticator);
  const handlers = order === 'before' ? [log, decide] : [decide, log];
  const server = createServer((req, res) => {
    for (const handle of handlers) handle(req, res);
    logger.info({ req: { headers: req.headers } }, 'in the handler');
    res.end();
  });
  await listen(server, '127.0.0.1');
  await sendRaw({ port: portOf(server) }, CLAIM);
  server.close();
  return lines;
}

/** What must not be in a log, and is in this one. */
function leaked(lines: string): readonly string[] {
  expect(lines).toContain('"x-one":"1"');
  return ['john', 'John', SECRET].filter((value) => lines.includes(value));
}

describe('pino and pino-http', () => {
  it('write the user and the secret where they stand in front of the adapter', async () => {
    expect(leaked(await linesOf('before', {}))).toEqual(['john', 'John', SECRET]);
  });

  it('write neither with redactPaths, and say that something was there', async () => {
    const lines = await linesOf('before', { redact: redactPaths(authenticator) });
    expect(leaked(lines)).toEqual([]);
    expect(lines).toContain('"remote-user":"[Redacted]"');
    expect(lines).toContain('"x-proxy-secret":"[Redacted]"');
  });

  it('write neither behind the adapter, and have nothing to redact', async () => {
    for (const redact of [[], redactPaths(authenticator)]) {
      const lines = await linesOf('after', { redact });
      expect(leaked(lines)).toEqual([]);
      expect(lines).not.toContain('[Redacted]');
    }
  });
});
