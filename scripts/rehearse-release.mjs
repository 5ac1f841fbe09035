// Rehearses a release, from a clone and into a registry of its own on loopback: versions by changesets, builds and packs as
// the job without rights does, publishes and tags with the very scripts of the workflow's jobs, which see the tarballs alone,
// installs one from there in a clean folder, and asks the application. Nothing leaves this machine.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { publicPackages, root } from './workspace.mjs';

const folder = mkdtempSync(join(tmpdir(), 'trusted-header-release-'));
const clone = join(folder, 'clone');
const consumer = join(folder, 'consumer');
const artefact = join(folder, 'artefact');
const port = await freePort();
const registry = `http://127.0.0.1:${port}/`;
const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
const pnpm = (...args) => run(clone, 'npx', '--yes', 'pnpm@10.34.8', ...args);

/** Not ours: nothing is sent there. */
const REPOSITORY = 'example/trusted-header';
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
  // Applications are built by the tests, and go nowhere.
  pnpm('build', ...publicPackages().map(({ manifest }) => `--filter=${manifest.name}`));
  const packed = pack(artefact);
  if (packed.length < publicPackages().length) throw new Error(`packed only ${packed.join(', ')}`);
  runJob('publish');
  console.log(`published: ${published().join(', ')}`);
  const again = pack(join(folder, 'again'));
  if (again.length > 0) throw new Error(`would publish twice: ${again.join(', ')}`);
  checkTags(packed);
  tryOut();
  console.log('installed from there, and decides as it should');
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

/** What the job without rights leaves behind, as tags. */
function pack(target) {
  execFileSync(process.execPath, ['scripts/pack-release.mjs', target], {
    cwd: clone,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, GITHUB_REPOSITORY: REPOSITORY, NPM_CONFIG_REGISTRY: registry },
  });
  return readFileSync(join(target, 'tags.txt'), 'utf8').split('\n').filter(Boolean);
}

/** Runs the scripts of a job of the workflow where the artefact is, and nothing else of the repository. */
function runJob(name, env = {}) {
  const { jobs } = parse(readFileSync(join(root, '.github/workflows/release.yml'), 'utf8'));
  const npmrc = join(folder, 'npmrc');
  writeFileSync(npmrc, `registry=${registry}\n//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  for (const { run: script } of jobs[name].steps) {
    if (script === undefined) continue;
    execFileSync('bash', ['-e', '-c', script], {
      cwd: artefact,
      stdio: ['ignore', 'pipe', 'inherit'],
      // Provenance needs the workflow's identity, which there is only there.
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        NPM_CONFIG_USERCONFIG: npmrc,
        NPM_CONFIG_LOGLEVEL: 'warn',
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_SHA: '0123456789abcdef',
        ...env,
      },
    });
  }
}

/** The job that tags asks for one tag a package, of this commit; a stand-in for gh writes down what it is asked. */
function checkTags(packed) {
  const bin = join(folder, 'bin');
  const log = join(folder, 'gh.log');
  mkdirSync(bin);
  writeFileSync(join(bin, 'gh'), `#!/bin/sh\necho "$@" >> ${log}\n`, { mode: 0o755 });
  runJob('tag', { PATH: `${bin}:${process.env.PATH}` });
  const expected = packed.map(
    (tag) =>
      `api --silent repos/${REPOSITORY}/git/refs -f ref=refs/tags/@trusted-header/${tag} -f sha=0123456789abcdef\n`,
  );
  if (readFileSync(log, 'utf8') !== expected.join('')) throw new Error('other tags were asked for');
  console.log(`tagged: ${packed.length} versions`);
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
  return publicPackages().map(({ manifest: { name } }) => {
    const version = run(folder, 'npm', 'view', name, 'version', '--registry', registry).trim();
    return `${name}@${version}`;
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
