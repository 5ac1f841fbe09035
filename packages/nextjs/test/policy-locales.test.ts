import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { registerTrustedHeader, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { decide, requestOf, type UrlConfig } from './decided-request.js';
import { through } from './through.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const I18N = { locales: ['en', 'de'], defaultLocale: 'en' };

beforeAll(() => registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false }));
afterEach(() => {
  delete process.env.__NEXT_ROUTER_BASEPATH;
});
afterAll(() => findRegistry()?.stop());

const proxy = trustedHeaderProxy({ policies: { '/admin/*': { groups: { anyOf: ['admins'] } } } });

async function ask(path: string, nextConfig: UrlConfig): Promise<string> {
  const statuses = await Promise.all(
    [BOB, ALICE].map((who) => through(proxy, requestOf(who, new Map(), { path, nextConfig }))),
  );
  return statuses.join(' ');
}

describe('a policy per path, of an application with locales', () => {
  it.each([
    ['/admin', 'the default one'],
    ['/en/admin', 'the default one, written'],
    ['/de/admin/users', 'another one'],
    ['/DE/admin', 'in capital letters'],
    ['/%64e/admin', 'encoded'],
    ['/x/../de/admin', 'behind dots'],
    ['/_next/data/the-build/de/admin.json', 'of the data of a page'],
    ['/_next/image?url=/de/admin/photo.png', 'of an image'],
  ])('counts for %s: %s', async (path) => {
    for (const basePath of ['', '/base']) {
      const image = path.replace('url=', `url=${basePath}`);
      expect(await ask(basePath + image, { basePath, i18n: I18N })).toBe('403 on');
    }
  });

  it.each([
    ['/de/base/de/admin/', '/base/de/admin/', 'a page'],
    ['/de/base/admin', '/base/admin', 'a page of a domain with a default locale of its own'],
    ['/de/base/de/admin/', '/base/_next/data/the-build/de/admin.json', 'its data'],
    ['/de/base/de/_next/image', '/base/_next/image?url=/base/admin/a.png', 'an image'],
  ])('counts for %s, as Next 16 reads %s with basePath: %s', async (path, target) => {
    // So it tells compiled code.
    process.env.__NEXT_ROUTER_BASEPATH = '/base';
    const asked = { path, target, nextConfig: { basePath: '/base', i18n: I18N } };
    expect(requestOf(BOB, new Map(), asked).nextUrl.basePath).toBe('');
    expect(await through(proxy, requestOf(BOB, new Map(), asked))).toBe('403');
    expect(await through(proxy, requestOf(ALICE, new Map(), asked))).toBe('on');
  });

  it('counts for what the client wrote, where Next has left the locale in', async () => {
    const nextConfig = { basePath: '/base', i18n: I18N };
    const target = '/base/_next/data/the-build/de/admin.json';
    const asked = { path: '/base/other', target, nextConfig };
    expect(await through(proxy, requestOf(BOB, new Map(), asked))).toBe('403');
    expect(await through(proxy, requestOf(ALICE, new Map(), asked))).toBe('on');
  });

  it.each(['/fr/admin', '/de/other', '/administration', '/_next/image?url=/de/photo.png'])(
    'not for %s',
    async (path) => expect(await ask(path, { i18n: I18N })).toBe('on on'),
  );

  it('counts below basePath alone', async () => {
    expect(await ask('/base/admin', { basePath: '/base' })).toBe('403 on');
    expect(await ask('/base/_next/data/the-build/admin.json', { basePath: '/base' })).toBe(
      '403 on',
    );
    expect(await ask('/base/other/admin', { basePath: '/base' })).toBe('on on');
    const asked = { path: '/base/other', target: '/xxxx/admin', nextConfig: { basePath: '/base' } };
    expect(await through(proxy, requestOf(BOB, new Map(), asked))).toBe('on');
  });

  it('counts for the first page of a locale', async () => {
    const first = trustedHeaderProxy({ policies: { '/': { groups: { anyOf: ['admins'] } } } });
    const asked = { path: '/%64e', nextConfig: { i18n: I18N } };
    expect(await through(first, requestOf(BOB, new Map(), asked))).toBe('403');
    expect(await through(first, requestOf(ALICE, new Map(), asked))).toBe('on');
  });
});
