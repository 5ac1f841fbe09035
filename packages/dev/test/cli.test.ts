import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { ask, signIn } from './client.js';
import { type EchoApp, startEchoApp, valuesOf } from './echo-app.js';

const bin = new URL('../dist/bin.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'th-dev-'));
const children: ChildProcess[] = [];
const apps: EchoApp[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const app of apps.splice(0)) await app.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, text);
  return path;
}

interface Run {
  readonly child: ChildProcess;
  readonly output: { text: string };
}

function run(args: readonly string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { ...process.env, CI: 'true', ...env },
  });
  children.push(child);
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output.text += chunk;
    });
  }
  return { child, output };
}

async function runToEnd(
  args: readonly string[],
  env?: Record<string, string>,
): Promise<[code: number, text: string]> {
  const { child, output } = run(args, env);
  const [code] = await once(child, 'close');
  return [code, output.text];
}

async function urls({ output, child }: Run): Promise<string[]> {
  while (!output.text.includes('Ctrl-C')) {
    if (child.exitCode !== null) throw new Error(output.text);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [...output.text.matchAll(/^http:\/\/localhost:\d+/gm)].map(([url]) => url);
}

describe('the command line', () => {
  it('starts portal and gateway, without colours where there is no terminal, and stops on Ctrl-C', async () => {
    const app = await startEchoApp();
    apps.push(app);
    const started = run([
      '--upstream',
      app.url,
      '--port',
      '0',
      '--portal-port',
      '0',
      '--user',
      'john',
      '--groups',
      'admin, dev',
      '--name',
      'John',
      '--email',
      'j@example.com',
      '--bypass',
      '/public',
      '--deny',
      '/denied',
      '--password',
      'secret',
      '--read-buffer',
      '8192',
      '--hide-session',
    ]);
    const [gateway = '', portal = ''] = await urls(started);
    expect(started.output.text).not.toContain('\u001b');
    expect((await ask(gateway, { path: '/public' })).status).toBe(200);
    const cookie = await signIn(portal, { pick: 'john' });
    expect((await ask(gateway, { headers: { cookie } })).status).toBe(200);
    const received = app.received.at(-1);
    expect(
      received && [valuesOf(received, 'remote-groups'), valuesOf(received, 'remote-email')],
    ).toEqual([['admin,dev'], ['j@example.com']]);
    expect(received && valuesOf(received, 'cookie')).toEqual([]);
    expect((await ask(gateway, { path: '/denied', headers: { cookie } })).status).toBe(403);
    const authorization = `Basic ${Buffer.from('john:secret').toString('base64')}`;
    expect((await ask(gateway, { headers: { authorization } })).status).toBe(200);
    const long = { cookie: `${cookie}; a=${'x'.repeat(6_000)}` };
    expect((await ask(gateway, { headers: long })).status).toBe(200);
    started.child.kill('SIGINT');
    expect(await once(started.child, 'close')).toEqual([0, null]);
  });

  it('reads users and upstreams from a file, and takes flags beside it', async () => {
    const config = file(
      JSON.stringify({
        users: [{ user: 'jane' }],
        upstreams: [{ name: 'shop', target: 'http://127.0.0.1:1', port: 0 }],
        portalPort: 0,
      }),
    );
    const started = run(['--config', config, '--user', 'john']);
    const [, portal = ''] = await urls(started);
    expect(started.output.text).toContain(
      'shop (http://127.0.0.1:1)\n  TRUSTED_PROXIES=127.0.0.1\n',
    );
    expect((await ask(portal)).body).toMatch(/value="jane"[\s\S]*value="john"/);
  });

  it.each([
    ['http://localhost:1', '  TRUSTED_PROXIES=127.0.0.1,::1\n'],
    ['http://[::1]:1', '  TRUSTED_PROXIES=::1\n'],
  ])('tells the application at %s what to trust: %j', async (upstream, says) => {
    const started = run(['--upstream', upstream, '--port', '0', '--portal-port', '0']);
    await urls(started);
    expect(started.output.text).toContain(says);
  });

  it.each([
    [[], 'upstreams: [] names no application'],
    [['--upstream', 'x', '--port', 'y'], 'upstreams[0].port: NaN is not a port'],
    [['--upstream', 'http://127.0.0.1:1', '--portal-port', ''], 'portalPort: NaN is not a port'],
    [['--nope'], "unknown option '--nope'"],
    [['extra'], 'too many arguments'],
    [['--config', '/nowhere.json'], '--config: /nowhere.json cannot be read'],
    [['--config', file('{')], 'is not JSON'],
    [['--config', file('[]')], 'holds no object'],
    [['--config', file('{"users":7,"upstreams":{}}')], 'users: 7 is not a list'],
  ])('says of %j what is wrong, without a stack, and exits with 1', async (args, says) => {
    const [code, text] = await runToEnd(args);
    expect(text).toContain(says);
    expect(text).not.toMatch(/^\s+at /m);
    expect(code).toBe(1);
  });

  it('refuses production', async () => {
    expect(
      await runToEnd(['--upstream', 'http://127.0.0.1:1'], { NODE_ENV: 'production' }),
    ).toEqual([1, expect.stringContaining('NODE_ENV is production')]);
  });

  it('helps with examples', async () => {
    const [code, text] = await runToEnd(['--help']);
    expect(code).toBe(0);
    expect(text).toContain(
      'npx @trusted-header/dev --upstream http://127.0.0.1:3000 --user john --groups admin,dev',
    );
  });
});

it('ends quietly where nobody reads what it prints, as before `| head -1`', async () => {
  const child = spawn(process.execPath, [bin, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  child.stdout.destroy();
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect([errors, code]).toEqual(['', 0]);
});
