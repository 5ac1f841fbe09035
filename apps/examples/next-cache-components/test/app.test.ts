import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

const ALICE = { 'Remote-User': 'alice', 'Remote-Groups': 'moderators', 'Remote-Name': 'Alice' };
const BOB = { 'Remote-User': 'bob', 'Remote-Groups': 'staff', 'Remote-Name': 'Bob' };
const NOBODY = {};
const STRANGER = '127.0.0.2';

jest.setTimeout(30_000);

let port: number;
let app: ChildProcess;

/** What `next build` has made: Next cannot run within a test. */
beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const { JEST_WORKER_ID: _, ...env } = process.env;
  app = spawn(process.execPath, [next, 'start', '-p', `${port}`, '-H', '127.0.0.1'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: {
      ...env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      TRUSTED_PROXIES: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [app.stdout, app.stderr]) {
    stream?.on('data', (bytes) => {
      printed += bytes;
    });
  }
  let last: unknown;
  for (let i = 0; i < 200; i++) {
    const answer = await ask('/').catch((error) => ({ status: 0, text: String(error) }));
    if (answer.status === 401) return;
    last = answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`Next did not become ready: ${JSON.stringify(last)}; it printed:\n${printed}`);
});

afterAll(async () => {
  app?.kill('SIGKILL');
  if (app && app.exitCode === null && app.signalCode === null) await once(app, 'exit');
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cache: string | undefined;
}

function ask(
  path: string,
  headers: Readonly<Record<string, string>> = NOBODY,
  { from = '127.0.0.1', body }: { readonly from?: string; readonly body?: string } = {},
): Promise<Answer> {
  return new Promise((done, failed) => {
    const method = body === undefined ? 'GET' : 'POST';
    const options = {
      host: '127.0.0.1',
      port,
      path,
      method,
      headers,
      localAddress: from,
      agent: false,
    };
    const req = request(options, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () =>
        done({ status: res.statusCode ?? 0, text, cache: res.headers['cache-control'] }),
      );
    });
    req.on('error', failed);
    req.end(body);
  });
}

/** Submits the form of a page that has a field of this name, as a browser without scripts does. */
async function submit(
  path: string,
  headers: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
  action: string,
): Promise<Answer> {
  const boundary = 'boundary';
  const parts = Object.entries({ [action]: '', ...fields }).map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const type = `multipart/form-data; boundary=${boundary}`;
  const body = `${parts.join('')}--${boundary}--\r\n`;
  return ask(path, { ...headers, 'Content-Type': type, Host: `127.0.0.1:${port}` }, { body });
}

const actionOf = ({ text }: Answer) => /\$ACTION_ID_[0-9a-f]+/.exec(text)?.[0] ?? 'none';

it('shows people the notes, and their name', async () => {
  const page = await ask('/', ALICE);
  expect(page.status).toBe(200);
  expect(page.text).toContain('Cake in the kitchen');
  expect(page.text).toMatch(/Signed in as (?:<!-- -->)?Alice/);
  expect(page.cache).toMatch(/private.*no-store/);
});

it('shows nobody and strangers nothing', async () => {
  for (const path of ['/', '/admin']) {
    const nobody = await ask(path);
    expect([nobody.status, nobody.text.includes('Cake')]).toEqual([401, false]);
    const stranger = await ask(path, ALICE, { from: STRANGER });
    expect([stranger.status, stranger.text.includes('Cake')]).toEqual([403, false]);
  }
});

it('is moderated by moderators, and answers a true 403 to others', async () => {
  const denied = await ask('/admin', BOB);
  expect([denied.status, JSON.parse(denied.text).code]).toEqual([403, 'group-missing']);
  expect((await ask('/admin', ALICE)).text).toContain('Take down');
});

it('pins notes in the name of who is signed in, and lets moderators only take them down', async () => {
  const pin = actionOf(await ask('/', BOB));
  await submit('/', BOB, { text: 'Lost: one glove' }, pin);
  expect((await ask('/', ALICE)).text).toMatch(/Lost: one glove<!-- --> \(<!-- -->bob/);
  expect((await ask('/', BOB)).text).toMatch(/Lost: one glove<!-- --> \(<!-- -->you/);
  const takeDown = actionOf(await ask('/admin', ALICE));
  // The action asks by itself: bob posts it to a page that is for him.
  await submit('/', BOB, { id: '1' }, takeDown);
  expect((await ask('/', BOB)).text).toContain('Cake in the kitchen');
  await submit('/admin', ALICE, { id: '1' }, takeDown);
  expect((await ask('/', BOB)).text).not.toContain('Cake in the kitchen');
});

it('opens the health check, the manifest and the icons to nobody', async () => {
  expect(await ask('/api/healthcheck')).toMatchObject({ status: 200, text: 'ok' });
  expect((await ask('/manifest.webmanifest')).status).toBe(200);
  expect((await ask('/icons/board.svg')).status).toBe(200);
  expect((await ask('/icons/board.svg', ALICE, { from: STRANGER })).status).toBe(403);
});
