// Runs the built core and Hono packages on Bun, Deno and workerd, and asks them what Node is asked: arguments are their
// names. Core must judge thousands of generated requests there as it does here. The adapters of Node's servers run the
// conformance suite on Bun and Deno.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import fc from 'fast-check';
import { createAuthenticator } from '../packages/core/dist/index.js';
import { checkConformance } from './runtimes/conformance.mjs';

const root = new URL('..', import.meta.url).pathname;
// Where the packages are installed that the application imports.
const folder = join(root, 'packages/bench/.mutant');

const JOHN = [
  ['Remote-User', 'john'],
  ['Remote-Groups', 'admin,dev'],
  ['Remote-Name', Buffer.from('Jürgen').toString('latin1')],
  ['Remote-Email', 'john@example.com'],
];
const IDENTITY = {
  user: 'john',
  groups: ['admin', 'dev'],
  name: 'Jürgen',
  email: 'john@example.com',
};
const WHO = { decision: 'authenticated', identity: IDENTITY, seen: [], read: null };

/** What every runtime must answer; `peerless` where it tells no address. */
const CASES = [
  { id: 'the proxy names a user', lines: JOHN, expected: WHO, peerless: 'peer-unknown' },
  { id: 'nobody', lines: [], expected: 'authentication-required' },
  {
    id: 'a stranger claims',
    from: '127.0.0.2',
    lines: JOHN,
    expected: 'peer-untrusted',
    peerless: 'peer-unknown',
  },
  {
    id: 'a stranger claims where it is public',
    path: '/public',
    from: '127.0.0.2',
    lines: JOHN,
    expected: 'peer-untrusted',
    peerless: 'peer-unknown',
  },
  {
    id: 'nobody where it is public',
    path: '/public',
    lines: [],
    expected: { decision: 'anonymous' },
  },
  {
    id: 'another spelling',
    lines: [...JOHN, ['Remote_User', 'root']],
    expected: 'header-ambiguous',
    peerless: 'peer-unknown',
  },
  {
    id: 'a user twice',
    lines: [...JOHN, ['Remote-User', 'root']],
    expected: 'header-repeated',
    peerless: 'peer-unknown',
  },
  {
    id: 'bytes that are no text',
    lines: [['Remote-User', 'j\xffhn']],
    expected: 'header-malformed',
    peerless: 'peer-unknown',
  },
  {
    id: 'an address in a header',
    from: '127.0.0.2',
    lines: [...JOHN, ['X-Forwarded-For', '127.0.0.1'], ['CF-Connecting-IP', '127.0.0.1']],
    expected: 'peer-untrusted',
    peerless: 'peer-unknown',
  },
];

const BUN = ['npx', '--yes', 'bun@1'];
const DENO = ['npx', '--yes', 'deno@2', 'run', '--allow-net', '--allow-env', '--allow-read'];
const RUNTIMES = {
  bun: () => ({ command: [...BUN, 'bun.mjs'] }),
  deno: () => ({ command: [...DENO, '--allow-sys', 'deno.mjs'] }),
  workerd: startWorkerd,
};

const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(RUNTIMES);
const unknown = wanted.filter((name) => !Object.hasOwn(RUNTIMES, name));
if (unknown.length > 0) {
  console.error(
    `${unknown.join(', ')}: no such runtime; write ${Object.keys(RUNTIMES).join(', ')}`,
  );
  process.exit(2);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(root, 'scripts/runtimes'), folder, { recursive: true });
const rows = [];
try {
  for (const name of wanted) rows.push(...(await check(name)));
  const commands = { bun: BUN, deno: [...DENO, '--allow-sys', '--allow-write'] };
  const servers = Object.entries(commands).filter(([name]) => wanted.includes(name));
  rows.push(...(await checkConformance(Object.fromEntries(servers))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
process.exitCode = rows.every(({ verdict }) => verdict === 'ok') ? 0 : 1;

async function check(name) {
  const { command, port: known } = await RUNTIMES[name]();
  const child = spawn(command[0], command.slice(1), { cwd: folder, detached: true });
  try {
    const port = known ? await untilOpen(child, known) : await untilListening(child);
    const results = [];
    for (const one of CASES) {
      const expected = name === 'workerd' && one.peerless ? one.peerless : one.expected;
      results.push({ runtime: name, case: one.id, verdict: await verdictOf(port, one, expected) });
    }
    results.push({ runtime: name, case: 'core judges as here', verdict: await judge(port) });
    return results;
  } finally {
    process.kill(-child.pid);
  }
}

async function verdictOf(port, { path = '/whoami', from = '127.0.0.1', lines }, expected) {
  const { body } = await send(port, { path, from, lines });
  const seen = JSON.parse(body);
  try {
    assert.deepEqual(typeof expected === 'string' ? seen.code : seen, expected);
    return 'ok';
  } catch {
    return `saw ${body}`;
  }
}

/** Thousands of generated requests, judged by core on both sides. */
async function judge(port) {
  const options = { trustedProxies: ['10.0.0.0/8', '2001:db8::/32', '127.0.0.1'] };
  const requests = fc.sample(generated(), { numRuns: 4_000, seed: 42 });
  const { authenticate } = createAuthenticator({ ...options, log: false });
  const here = JSON.parse(JSON.stringify(requests.map((one) => authenticate(one))));
  const { body } = await send(port, {
    path: '/judge',
    body: JSON.stringify({ options, requests }),
  });
  const there = JSON.parse(body);
  const at = here.findIndex((decision, i) => JSON.stringify(decision) !== JSON.stringify(there[i]));
  const kinds = new Set(here.map(({ kind, reason }) => reason ?? kind));
  assert.ok(kinds.size > 6, `the requests are too much alike: ${[...kinds].join(', ')}`);
  return at < 0
    ? 'ok'
    : `${JSON.stringify(requests[at])}: ${JSON.stringify(here[at])} here, ${JSON.stringify(there[at])} there`;
}

function generated() {
  const peer = fc.oneof(
    fc.constantFrom(
      '127.0.0.1',
      '10.1.2.3',
      '::ffff:10.1.2.3',
      '2001:db8::7',
      '2001:db8::7%eth0',
      '::1',
    ),
    fc.ipV4(),
    fc.ipV6(),
    fc.string(),
  );
  const name = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom('Remote-User', 'Remote-Groups', 'Remote-Name', 'Remote-Email'),
    },
    fc.constantFrom('Remote_User', 'remote.groups', 'Connection', 'Host', 'REMOTE-USER'),
  );
  const value = fc.oneof(
    fc.constantFrom(
      'john',
      'admin,dev',
      'john@example.com',
      'Remote-User',
      '',
      '(null)',
      'J\xc3\xbcrgen',
      'j\xffn',
    ),
    fc.string({ maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  return fc.record({
    peer,
    rawHeaders: fc.array(fc.tuple(name, value), { maxLength: 4 }).map((pairs) => pairs.flat()),
  });
}

function send(port, { path, from, lines = [], body }) {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      port,
      host: '127.0.0.1',
      path,
      method: body === undefined ? 'GET' : 'POST',
      headers: [
        'Host',
        'app.test',
        ...lines.flat(),
        ...(body ? ['Content-Length', String(Buffer.byteLength(body))] : []),
      ],
      ...(from && { localAddress: from }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve({ status: response.statusCode, body: text });
    });
    outgoing.end(body);
  });
}

function untilListening(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk) => {
      output += chunk;
      const port = /listens on (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', () => reject(new Error(output)));
  });
}

async function untilOpen(child, port) {
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  for (let i = 0; i < 300; i++) {
    if (child.exitCode !== null) throw new Error(errors);
    const isOpen = await send(port, { path: '/public' }).then(
      () => true,
      () => false,
    );
    if (isOpen) return port;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`workerd does not answer: ${errors}`);
}

/** One file, resolved by workerd's own conditions. */
async function startWorkerd() {
  await build({
    absWorkingDir: folder,
    entryPoints: ['worker.mjs'],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker'],
  });
  const port = await freePort();
  writeFileSync(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker", esModule = embed "bundle.mjs")],
    compatibilityDate = "2026-01-01",
  ))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  spawnSync('npx', ['--yes', 'workerd@1', '--version'], { cwd: '/' });
  return { command: ['npx', '--yes', 'workerd@1', 'serve', 'config.capnp'], port };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
