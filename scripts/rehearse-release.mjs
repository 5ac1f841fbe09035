// Rehearses a release, from a clone and into a registry of its own on loopback: versions by changesets, publishes every
// package, installs one from there in a clean folder, and asks the application. Nothing leaves this machine.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = new URL('..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'trusted-header-release-'));
const clone = join(folder, 'clone');
const consumer = join(folder, 'consumer');
const port = await freePort();
const registry = `http://127.0.0.1:${port}/`;
const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
const pnpm = (...args) => run(clone, 'npx', '--yes', 'pnpm@10.34.8', ...args);

const APP = `
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';

const app = new Koa();
app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false }));
app.use((ctx) => { ctx.body = 'Hello ' + ctx.state.identity.user; });
const server = app.listen(0, '127.0.0.1', async () => {
  const ask = (headers, localAddress) => new Promise((done) => {
    const { port } = server.address();
    request({ host: '127.0.0.1', port, headers, localAddress }, done).end();
  });
  const john = { 'Remote-User': 'john' };
  const known = await ask(john, '127.0.0.1');
  const body = await text(known);
  const nobody = await ask({}, '127.0.0.1');
  const forged = await ask(john, '127.0.0.2');
  console.log(known.statusCode + ' ' + body + ', ' + nobody.statusCode + ', ' + forged.statusCode);
  process.exit();
});
`;

const server = await startRegistry();
try {
  run(folder, 'git', '-c', 'safe.directory=*', 'clone', '--quiet', root, clone);
  pnpm('install', '--frozen-lockfile');
  pnpm('changeset', 'version');
  pnpm('build');
  writeFileSync(join(clone, '.npmrc'), `//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  pnpm('publish', '-r', '--no-git-checks', '--access', 'public', '--registry', registry);
  console.log(`published: ${published().join(', ')}`);
  tryOut();
  console.log('installed from there, and decides as it should');
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** A registry with our packages, and everybody else's from where npm usually has them. */
async function startRegistry() {
  const upstream = run(folder, 'npm', 'config', 'get', 'registry').trim();
  const config = {
    storage: join(folder, 'storage'),
    uplinks: { usual: { url: upstream } },
    packages: {
      '@trusted-header/*': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'usual' },
    },
    max_body_size: '50mb',
    log: { type: 'stdout', level: 'error' },
  };
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  // One of its dependencies asks for a version of node-fetch that is no version.
  const overrides = { 'node-fetch': '2.7.0' };
  const dependencies = { verdaccio: '~6.5.0' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies, overrides }));
  run(folder, 'npm', 'install', '--no-audit', '--no-fund');
  const args = ['node_modules/verdaccio/bin/verdaccio', '--config', file];
  const child = spawn(process.execPath, [...args, '--listen', `127.0.0.1:${port}`], {
    stdio: 'inherit',
    cwd: folder,
  });
  for (let i = 0; i < 600; i++) {
    if (
      await fetch(`${registry}-/ping`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return child;
    await sleep(100);
  }
  child.kill();
  throw new Error('the registry did not start');
}

function published() {
  const names = [
    'cli',
    'conformance',
    'core',
    'dev',
    'express',
    'fastify',
    'hono',
    'koa',
    'nestjs',
    'nextjs',
    'node',
  ];
  return names.map((name) => {
    const spec = `@trusted-header/${name}`;
    return `${spec}@${run(folder, 'npm', 'view', spec, 'version', '--registry', registry).trim()}`;
  });
}

/** What somebody does who reads the README. */
function tryOut() {
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{"private":true,"type":"module"}');
  run(
    consumer,
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--registry',
    registry,
    '@trusted-header/koa',
    'koa',
  );
  writeFileSync(join(consumer, 'app.js'), APP);
  const answers = execFileSync(process.execPath, ['app.js'], {
    cwd: consumer,
    encoding: 'utf8',
    // It is its own proxy and its own stranger, as tests are.
    env: { ...process.env, NODE_TEST_CONTEXT: 'child' },
  }).trim();
  if (answers !== '200 Hello john, 401, 403') throw new Error(`the application answers ${answers}`);
}

function freePort() {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => found(port));
    });
  });
}
