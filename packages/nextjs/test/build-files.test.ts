import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { isBuildFile } from '../src/build-files.js';
import { untyped } from './untyped.js';

const SERVERS = Symbol.for('@next/router-server-methods');

const FILES = [
  '.next/static/chunks/main.js',
  '.next/static/chunks/a/b/[slug].js',
  '.next/static/chunks/app/(group)/@slot/page.js',
  '.next/static/chunks/a b.js',
  '.next/static/chunks/a#b.js',
  '.next/static/chunks/a;b.js',
  '.next/static/chunks/é.js',
  '.next/server/secret.js',
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trusted-header-static-'));
  for (const file of FILES) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), 'x');
  }
  await symlink(join(folder, '.next/server'), join(folder, '.next/static/link'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What Next's server tells, by the folder of each application as it is from here. */
function tell(config: object, more: Readonly<Record<string, object>> = {}): void {
  const project = relative(process.cwd(), folder);
  Reflect.set(globalThis, SERVERS, { [project]: { nextConfig: config }, ...more });
}

let told: readonly unknown[][];
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockReturnValue().mock.calls;
  tell({ distDir: '.next', basePath: '' });
});
afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, SERVERS);
});

describe('a file of the build', () => {
  it.each([
    ['/_next/static/chunks/main.js', 'its name'],
    ['/_next/static/chunks/main.js?dpl=1', 'with a query, which Next does not read'],
    ['/_next/static/chunks/a/b/%5Bslug%5D.js', 'as Next links it'],
    ['/_next/static/chunks/a/b/[slug].js', 'as browsers send it'],
    ['/_next/static/chunks/app/(group)/%40slot/page.js', 'as Next links it'],
    ['/_next/static/chunks/app/(group)/@slot/page.js', 'as browsers send it'],
    ['/_next/static/chunks/a%20b.js', 'encoded, where it must be'],
    ['/_next/static/chunks/a%3Bb.js', 'encoded, where it is a parameter otherwise'],
    ['/_next/static/chunks/a%23b.js', 'encoded, where it is a fragment otherwise'],
    ['/_next/static/chunks/%C3%A9.js', 'encoded, as UTF-8'],
  ])('is %s: %s', async (target) => {
    expect(await isBuildFile(target)).toBe(true);
  });

  it.each([
    ['/_next/static/chunks/other.js', 'not there'],
    ['/_next/static/chunks', 'a folder'],
    ['/_next/static/', 'the folder of all'],
    ['/_next/static/chunks/', 'a folder, as such'],
    ['/_next/static/chunks/main.js/', 'a file as a folder'],
    ['/_next/static/chunks//main.js', 'an empty name'],
    ['/_next/static/chunks/./main.js', 'a dot segment'],
    ['/_next/static/x/../chunks/main.js', 'a dot segment'],
    ['/_next/static/../server/secret.js', 'outside'],
    ['/_next/static/%2e%2e/server/secret.js', 'outside, encoded'],
    ['/_next/static/..%2Fserver%2Fsecret.js', 'outside, with an encoded slash'],
    ['/_next/static/link/secret.js', 'outside, over a link'],
    ['/_next/static/chunks%2Fmain.js', 'an encoded slash'],
    ['/_next/static/chunks%5Cmain.js', 'an encoded backslash'],
    ['/_next/static/chunks\\main.js', 'a backslash'],
    ['/_next/static/chunks/m%61in.js', 'encoded, where it need not be'],
    ['/_next/static/chunks/a/b/%5bslug%5d.js', 'encoded in another way'],
    ['/_next/static/chunks/a/b/[slug%5D.js', 'half encoded'],
    ['/_next/static/chunks/a b.js', 'what must be encoded'],
    ['/_next/static/chunks/a;b.js', 'a parameter'],
    ['/_next/static/chunks/a#b.js', 'a fragment'],
    ['/_next/static/chunks/main.js#x', 'a fragment'],
    ['/_next/static/chunks/main.js%00', 'NUL'],
    ['/_next/static/chunks/main.js%', 'no encoding'],
    ['/_next/static/chunks/Main.js', 'another case'],
    ['/_next/Static/chunks/main.js', 'another prefix'],
    ['/x/_next/static/chunks/main.js', 'something before it'],
    ['//_next/static/chunks/main.js', 'a slash before it'],
    ['http://a/_next/static/chunks/main.js', 'an absolute target'],
    ['/?/_next/static/chunks/main.js', 'in the query'],
    ['*', 'no path'],
  ])('is not %s: %s', async (target) => {
    expect(await isBuildFile(target)).toBe(false);
    expect(told).toEqual([]);
  });

  it('is below the base path only, where there is one', async () => {
    tell({ distDir: '.next', basePath: '/base' });
    expect(await isBuildFile('/base/_next/static/chunks/main.js')).toBe(true);
    expect(await isBuildFile('/_next/static/chunks/main.js')).toBe(false);
    expect(await isBuildFile('/evil/_next/static/chunks/main.js')).toBe(false);
  });

  it('is one that has come since', async () => {
    expect(await isBuildFile('/_next/static/new.js')).toBe(false);
    await writeFile(join(folder, '.next/static/new.js'), 'x');
    expect(await isBuildFile('/_next/static/new.js')).toBe(true);
    await rm(join(folder, '.next/static/new.js'));
    expect(await isBuildFile('/_next/static/new.js')).toBe(false);
  });
});

it('opens no file where it is not known what Next serves, and says so once', async () => {
  const target = '/_next/static/chunks/main.js';
  const known = { distDir: '.next', basePath: '' };
  tell({ distDir: '.next' });
  expect([await isBuildFile('/'), told.length]).toEqual([false, 0]);
  expect([await isBuildFile(target), told.length]).toEqual([false, 1]);
  for (const config of [{}, untyped(null), { basePath: '' }, { ...known, distDir: 1 }]) {
    tell(config);
    expect(await isBuildFile(target)).toBe(false);
  }
  tell(known, { 'another-application': { nextConfig: known } });
  expect(await isBuildFile(target)).toBe(false);
  Reflect.deleteProperty(globalThis, SERVERS);
  expect(await isBuildFile(target)).toBe(false);
  expect(told).toEqual([[expect.stringContaining('/_next/static/ is closed')]]);
});
