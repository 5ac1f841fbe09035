import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PROXY } from './ask.js';
import { askRaw, upgradeRaw } from './ask-raw.js';
import { buildApp, type PreparedApp, prepareApp } from './prepare-app.js';
import { type HowToRun, type RunningNext, runNext } from './run-next.js';
import { startUpstream, type Upstream } from './upstream.js';

/** Installing and building, at worst. */
const BUILD_MS = 300_000;
jest.setTimeout(30_000);

let upstream: Upstream;
const apps = new Map<string, Promise<PreparedApp>>();

beforeAll(async () => {
  upstream = await startUpstream();
});

afterAll(async () => {
  upstream.close();
  for (const app of apps.values()) await (await app).remove();
});

interface Variant {
  readonly next: '16' | '15';
  readonly mode: HowToRun['mode'];
  readonly catchAll: 'page' | 'route' | 'pages' | 'rewrite';
  readonly basePath?: string;
}

/** What has been built: a server of the application's own runs what `next start` does, and what is standalone is a folder of it. */
const built = new Set<string>();

/** Installs each Next once, and builds in a folder of its own for each variant. */
async function start({ next, mode, catchAll, basePath = '' }: Variant): Promise<RunningNext> {
  const app =
    apps.get(next) ?? prepareApp({ source: 'catch-all-app', next, env: {}, build: false });
  apps.set(next, app);
  const { folder } = await app;
  const distDir = distDirOf({ mode, catchAll });
  const env = {
    UPSTREAM: upstream.url,
    CATCH_ALL: catchAll,
    DIST_DIR: distDir,
    ...(basePath && { BASE_PATH: basePath }),
  };
  const build = JSON.stringify([next, env]);
  if (mode !== 'dev' && !built.has(build)) {
    await buildApp(folder, { ...env, ...(catchAll === 'page' && { STANDALONE: '1' }) });
  }
  built.add(build);
  return runNext({ folder, mode, env, distDir, path: `${basePath}/closed` });
}

/** `next dev` finds nothing there of what a build has left. */
function distDirOf({ mode, catchAll }: Pick<Variant, 'mode' | 'catchAll'>): string {
  return `.next-${catchAll}${mode === 'dev' ? '-dev' : ''}`;
}

/** The files of the build, as links name them: every part of the path encoded. */
async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .map((file) => file.split('/').map(encodeURIComponent).join('/'))
    .sort();
}

describe.each<[string, Variant]>([
  ['a page, next start', { next: '16', mode: 'start', catchAll: 'page' }],
  ['a route, next start from elsewhere', { next: '16', mode: 'elsewhere', catchAll: 'route' }],
  [
    'a page of the Pages router, i18n',
    { next: '16', mode: 'start', catchAll: 'pages', basePath: '/base' },
  ],
  ['a rewrite, next start', { next: '16', mode: 'start', catchAll: 'rewrite' }],
  ['a rewrite, a custom server', { next: '16', mode: 'custom', catchAll: 'rewrite' }],
  ['a route, next dev', { next: '16', mode: 'dev', catchAll: 'route' }],
  ['a page, standalone', { next: '16', mode: 'standalone', catchAll: 'page' }],
  ['a route, Next 15', { next: '15', mode: 'start', catchAll: 'route', basePath: '/base' }],
  ['a rewrite, Next 15', { next: '15', mode: 'start', catchAll: 'rewrite' }],
])('where every path is somebody’s: %s', (_name, variant) => {
  const { basePath = '', mode, catchAll } = variant;
  let app: RunningNext;
  let port: number;
  let linked: readonly string[];
  beforeAll(async () => {
    app = await start(variant);
    ({ port } = app);
    const { answer } = await askRaw(port, { target: `${basePath}/public` });
    const links = answer.matchAll(/"(\/[^"\s\\]*_next\/static\/[^"\s\\]+)"/g);
    linked = [...new Set([...links].map(([, link]) => link ?? ''))];
  }, BUILD_MS);
  afterAll(() => app?.stop());

  it('opens the files that a public page links, to everybody', async () => {
    expect(linked.length).toBeGreaterThan(2);
    for (const target of linked) {
      expect([target, (await askRaw(port, { target })).status]).toEqual([target, 200]);
      expect([target, (await askRaw(port, { target, method: 'HEAD' })).status]).toEqual([
        target,
        200,
      ]);
    }
  });

  it('opens all files of the build', async () => {
    const { folder } = await (apps.get(variant.next) ?? Promise.reject());
    const dist = `${distDirOf(variant)}${mode === 'dev' ? '/dev' : ''}`;
    const files = await filesOf(join(folder, dist, 'static'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const target = `${basePath}/_next/static/${file}`;
      expect([target, (await askRaw(port, { target })).status]).toEqual([target, 200]);
    }
  });

  it('refuses a claim that is not believed for files, too', async () => {
    const [target = ''] = linked;
    expect((await askRaw(port, { target, lines: ['Remote-User: alice'] })).status).toBe(403);
  });

  it('opens them as files only', async () => {
    const [file = ''] = linked;
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect([method, (await askRaw(port, { target: file, method })).status]).toEqual([
        method,
        401,
      ]);
    }
    expect(await upgradeRaw(port, file)).toBe(401);
  });

  it.each([
    ['/_next/static/x', 'no such file'],
    ['/_next/static/x?y', 'no such file, with a query'],
    ['/_next/static/x.rsc', 'what Next asks for when it navigates'],
    ['/_next/static/;/x', 'a parameter of a path'],
    ['/_next/static/%00', 'what no file system has'],
    ['/_next/static/%', 'no encoding'],
    ['/_next/static/chunks', 'a folder'],
    ['/_next/static/..%2f..%2fcustomers%2f7', 'another path for who decodes it'],
    ['/_next/static/..%2F..%2Fcustomers%2F7', 'the same in capitals'],
    ['/_next/static/%2e%2e%2f%2e%2e%2fcustomers', 'the same, dots too'],
    ['/_next/static/..%2fserver%2fpages-manifest.json', 'a file of the build that is nobody’s'],
    ['/_next/static%2f..%2f..%2fpeekpage', 'the prefix, encoded'],
    ['/_next%2fstatic/x', 'the prefix, encoded elsewhere'],
    ['/_next/data/x/_next/static/doc.json', 'data of a page of that name'],
    ['/de/_next/static/doc', 'a locale before the prefix'],
    ['FILE%2f', 'a file as a folder'],
    ['FILE.rsc', 'a file and more'],
    ['FILE;x', 'a file and a parameter'],
    ['FILE#x', 'a file and a fragment'],
    ['FILE%23x', 'a file and an encoded fragment'],
    ['FILE%3fx', 'a file and an encoded query'],
    ['FILE%2f..%2f..%2fx', 'a way out of a file'],
    ['FILE%00', 'a file and what ends a name in C'],
  ])('does not open %s: %s', async (path) => {
    upstream.seen.length = 0;
    const [file = ''] = linked;
    const target = path.startsWith('FILE') ? path.replace('FILE', file) : `${basePath}${path}`;
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { status, answer } = await askRaw(port, { target, method });
      expect([method, status, answer.includes('CATCH-ALL')]).toEqual([method, 401, false]);
    }
    expect(await upgradeRaw(port, target)).toBe(401);
    expect(upstream.seen).toEqual([]);
  });

  it.each([
    ['FILE/', 308],
    ['http://127.0.0.1FILE', 308],
    ['http://127.0.0.1/_next/static/x', 308],
    ['/_next/static\\x', 308],
    ['/_next/static//x', 308],
    ['x/..FILE', 400],
  ])('leaves %s to Next, which answers %i before it runs anything', async (path, expected) => {
    upstream.seen.length = 0;
    const [file = ''] = linked;
    const { status, answer } = await askRaw(port, { target: path.replace('FILE', file) });
    expect([status, answer.includes('CATCH-ALL')]).toEqual([expected, false]);
    expect(upstream.seen).toEqual([]);
  });

  it('asks the policy of a path in every locale', async () => {
    const locales = catchAll === 'pages' ? ['', '/en', '/de', '/DE'] : [''];
    for (const locale of locales) {
      const target = `${basePath}${locale}/guarded/x`;
      const get = (group: string) =>
        askRaw(port, {
          target,
          from: PROXY,
          lines: ['Remote-User: bob', `Remote-Groups: ${group}`],
        });
      expect([target, (await get('dev')).status]).toEqual([target, 403]);
      expect([target, (await get('admin')).status]).not.toEqual([target, 403]);
    }
  });

  it('is there for somebody', async () => {
    upstream.seen.length = 0;
    const target = `${basePath}/_next/static/x`;
    const { status } = await askRaw(port, { target, from: PROXY, lines: ['Remote-User: alice'] });
    expect(status).toBe(200);
  });
});
