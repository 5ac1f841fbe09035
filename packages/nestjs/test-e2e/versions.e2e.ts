import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineDoorTests } from '../test/define-door-tests.js';
import { startDoorApp } from '../test/start-door-app.js';

const run = promisify(execFile);
const pnpm = ['--yes', 'pnpm@10.34.8'];

/** Installs the packed adapter beside a version of Nest, in a folder of its own. */
async function install(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'trusted-header-nest-'));
  const packed = JSON.parse(process.env['PACKED'] ?? '{}');
  const tarball = (name: string): string => packed[`@trusted-header/${name}`];
  const nest = [
    'common',
    'core',
    'platform-express',
    'platform-fastify',
    'platform-socket.io',
    'platform-ws',
    'websockets',
  ];
  const manifest = {
    name: 'app',
    private: true,
    type: 'module',
    dependencies: {
      '@trusted-header/login': tarball('login'),
      '@trusted-header/nestjs': tarball('nestjs'),
      ...Object.fromEntries(nest.map((name) => [`@nestjs/${name}`, version])),
      'reflect-metadata': '^0.2.0',
      rxjs: '^7.0.0',
      ws: '^8.0.0',
    },
    pnpm: {
      overrides: {
        '@trusted-header/core': tarball('core'),
        '@trusted-header/login': tarball('login'),
        '@trusted-header/node': tarball('node'),
      },
    },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npx', [...pnpm, 'install', '--ignore-workspace'], { cwd: folder });
  await cp(new URL('./app.mjs', import.meta.url).pathname, join(folder, 'app.mjs'));
  await cp(new URL('../test/door-app.mjs', import.meta.url).pathname, join(folder, 'door-app.mjs'));
  return folder;
}

describe.each([
  ['^11.0.0', 'no answer', 'no answer'],
  [
    '^12.0.0',
    { event: 'exception', data: { status: 403, code: 'group-missing' } },
    {
      event: 'exception',
      data: { message: expect.stringContaining('was called by what has no session') },
    },
  ],
] as const)('Nest %s', (version, refusal, noSession) => {
  let folder: string;
  beforeAll(async () => {
    folder = await install(version);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['express', 'fastify'])(
    'on %s decides, guards and reads the handshake',
    async (platform) => {
      const env = { ...process.env, NODE_TEST_CONTEXT: 'child' };
      const { stdout } = await run(process.execPath, ['app.mjs', platform], { cwd: folder, env });
      expect(JSON.parse(stdout)).toMatchObject({
        home: [200, 'john'],
        nobody: [401, expect.stringContaining('authentication-required')],
        stranger: [403, expect.stringContaining('peer-untrusted')],
        open: [200, 'nobody'],
        admin: [403, expect.stringContaining('group-missing')],
        nowhere: [401, expect.stringContaining('authentication-required')],
        found: [404, expect.stringContaining('Cannot GET /nowhere')],
        me: { event: 'me', data: 'john' },
        notAdmin: refusal,
        user: [200, '1'],
        role: [403, expect.stringContaining('role-missing')],
        viewer: [200, 'viewer'],
        noSession,
        refused: 'Error: Unexpected server response: 401',
        connected: ['john'],
      });
    },
  );

  for (const platform of ['express', 'fastify'] as const) {
    defineDoorTests(platform, (args) => startDoorApp(args, join(folder, 'door-app.mjs')));
  }
});
