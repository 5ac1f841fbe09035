import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect as secure } from 'node:tls';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-tls-'));
const inFolder = (name: string) => join(folder, name);

let server: ChildProcess;
let lines: AsyncIterator<string>;
let port: number;

beforeAll(async () => {
  const program = new URL('follow-tls-server.mjs', import.meta.url).pathname;
  server = spawn(process.execPath, [program, folder], {
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!server.stdout) throw new Error('no output');
  lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  port = Number((await lines.next()).value);
});
afterAll(() => {
  server?.kill();
  rmSync(folder, { recursive: true });
});

/** Shakes hands over a connection, and gives its end: when the server has closed it, and what it answered before. */
function shakeHands(socket: Socket): Promise<string> {
  const cert = readFileSync(inFolder('gateway.crt'));
  const key = readFileSync(inFolder('gateway.key'));
  const tls = secure({ socket, cert, key, rejectUnauthorized: false });
  let answers = '';
  tls.on('data', (chunk) => {
    answers += chunk;
  });
  tls.on('error', () => {});
  tls.on('secureConnect', () => tls.write('GET / HTTP/1.1\r\nHost: app\r\n\r\n'));
  return new Promise((resolve) => tls.on('close', () => resolve(answers)));
}

it('ends what began its handshake before an authority went, however late it ends it', async () => {
  const late = connect(port, '127.0.0.1');
  await new Promise((resolve) => late.once('connect', resolve));
  renameSync(inFolder('later-ca.crt'), inFolder('ca.crt'));
  expect((await lines.next()).value).toBe(
    'TLS: the certificate or its authorities have changed, and count from now on',
  );
  // Node verifies it with the authorities of when it was opened. It lives five seconds, and not a day.
  const closed = shakeHands(late);
  const outcome = await Promise.race([
    closed,
    new Promise<string>((resolve) => setTimeout(resolve, 7_000, 'still open').unref()),
  ]);
  expect(outcome).toContain('verified: true');

  const next = connect(port, '127.0.0.1');
  const answered = shakeHands(next);
  setTimeout(() => next.destroy(), 1_000);
  expect(await answered).toContain('verified: false');
}, 20_000);
