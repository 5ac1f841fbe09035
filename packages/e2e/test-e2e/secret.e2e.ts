import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningProgram, startProgram } from '../src/network/start-program.js';
import { PROGRAMS, type Program } from '../src/proxies/programs.js';
import { APPS } from '../src/world/apps.js';
import { freePort, runHere, writeHere } from './loopback.js';
import { send } from './loopback-world.js';
import { type StrictAuthelia, startStrictAuthelia } from './strict-authelia.js';

/** As in apps/deploy/one-host: proxy, portal and app on the loopback of one machine, where any process has the trusted address. */
const SECRET = '6e1c0ffee0ddba11cafe5eed0badf00d';
const folder = mkdtempSync(join(tmpdir(), 'trusted-header-secret-'));
const file = join(folder, 'proxy_secret');

/** The line that sends it, before what ends the block of the application. */
const LINES: Partial<Record<Program, readonly [before: string, line: string]>> = {
  nginx: ['proxy_pass http://127.0.0.1:', `proxy_set_header X-Proxy-Secret "${SECRET}";\n`],
  haproxy: ['default_backend ', `http-request set-header X-Proxy-Secret "${SECRET}"\n    `],
  // Debian's Caddy knows no files there.
  'caddy-current': ['flush_interval -1', `header_up X-Proxy-Secret {file.${file}}\n\t\t\t`],
};

let authelia: StrictAuthelia;
let app: RunningProgram;
let port: number;

beforeAll(async () => {
  writeFileSync(file, SECRET);
  authelia = await startStrictAuthelia();
  port = await freePort();
  const main = APPS.find(({ name }) => name === 'hono')?.program ?? '';
  app = await startProgram(
    [process.execPath, fileURLToPath(main)],
    { PORT: String(port), TRUSTED_PROXIES: '127.0.0.1', PROXY_SECRET_FILE: file },
    /listens on/,
  );
});
afterAll(async () => {
  await app?.stop();
  await authelia?.close();
  rmSync(folder, { recursive: true });
});

const request = (host: string, ...lines: string[]): string =>
  ['GET /whoami HTTP/1.1', `Host: ${host}`, ...lines, 'Connection: close', '', ''].join('\r\n');

describe.each(PROGRAMS.filter((program) => LINES[program]))('behind %s', (program) => {
  const [before = '', line = ''] = LINES[program] ?? [];

  it.each([
    ['what the proxy sends is believed', []],
    ['it counts in the place of a client’s own', ['X-Proxy-Secret: of-the-client']],
  ])('%s', async (_, lines) => {
    const settings = { app: `http://127.0.0.1:${port}`, auth: authelia.url };
    const written = await writeHere(program, settings, (text) => addBefore(text, before, line));
    const stop = await runHere(written);
    const cookie = 'Cookie: authelia_session=john';
    const { status, text } = await send(
      written.port,
      request('app.example.com', cookie, 'Accept: application/json', ...lines),
    );
    await stop();
    written.remove();
    expect([status, /"user":"john"/.test(text)]).toEqual([200, true]);
  });
});

describe('another process of the machine', () => {
  it.each([
    ['without a secret', [], 'proof-missing'],
    ['with another one', [`X-Proxy-Secret: ${SECRET.replace(/.$/, 'e')}`], 'proof-invalid'],
    [
      'that hopes for two lines',
      [`X-Proxy-Secret: ${SECRET}`, 'X-Proxy-Secret: x'],
      'header-repeated',
    ],
  ])('%s is nobody', async (_, lines, code) => {
    const { status, text } = await send(port, request('app', 'Remote-User: john', ...lines));
    expect([status, /"code":"([^"]+)"/.exec(text)?.[1]]).toEqual([403, code]);
  });
});

/** The last place is the application's. */
function addBefore(text: string, place: string, line: string): string {
  const at = text.lastIndexOf(place);
  if (at < 0) throw new Error(`nothing is there to add it to: ${place}`);
  return text.slice(0, at) + line + text.slice(at);
}
