import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { registerTrustedHeader, signIn, trustedHeaderProxy } from '../src/index.js';
import { findRegistry } from '../src/registry.js';
import { decide, NextResponse, nextRequest, requestOf } from './decided-request.js';
import { through } from './through.js';

const ALICE = decide('alice', 'admins');
const BOB = decide('bob', 'dev');
const NOBODY = decide(undefined);
const OUTER = '/_next/image?url=%2Fphoto.png%3Fv%3D1&w=64&q=75';

beforeAll(() =>
  registerTrustedHeader({ trustedProxies: '127.0.0.1', log: false, open: ['/public/*'] }),
);
beforeEach(() => findRegistry()?.imageFetches.clear());
afterAll(() => findRegistry()?.stop());

const ask = (decision: typeof ALICE, path = OUTER, proxy = trustedHeaderProxy()) =>
  through(proxy, requestOf(decision, new Map(), { path }));

/** What Next makes up to get the image: nothing has seen it, and all that it has are headers of Next's own. */
const fetchImage = (
  path = '/photo.png?v=1',
  init: RequestInit = {},
  proxy = trustedHeaderProxy(),
) =>
  through(
    proxy,
    nextRequest(`http://app.test${path}`, {
      ...init,
      headers: { 'x-forwarded-for': '127.0.0.1', ...Object(init.headers) },
    }),
  );

describe('/_next/image', () => {
  it('gets the image that somebody has asked for', async () => {
    expect(await fetchImage()).toBe('503');
    expect(await ask(ALICE)).toBe('on');
    expect(await fetchImage()).toBe('on');
  });

  it('gets nothing for nobody, and nothing else', async () => {
    expect(await ask(NOBODY)).toBe('401');
    expect(await fetchImage()).toBe('503');
    await ask(ALICE);
    expect(await fetchImage('/photo.png')).toBe('503');
    expect(await fetchImage('/photo.png?v=2')).toBe('503');
    expect(await fetchImage('/photo.png?v=1', { method: 'POST' })).toBe('503');
  });

  it('gets nothing of this server for an image of another', async () => {
    expect(await ask(ALICE, '/_next/image?url=http%3A%2F%2Fother.test%2Fphoto.png%3Fv%3D1')).toBe(
      'on',
    );
    expect(await fetchImage()).toBe('503');
    expect(await ask(ALICE, '/_next/image?url=//%5B')).toBe('on');
  });

  it('gets nothing for what is rewritten to elsewhere', async () => {
    const rewriting = trustedHeaderProxy(({ nextUrl }) =>
      NextResponse.rewrite(new URL('/other', nextUrl)),
    );
    expect(await ask(ALICE, OUTER, rewriting)).toBe('on');
    expect(await fetchImage()).toBe('503');
  });

  it('gets it at once, or not at all', async () => {
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now);
    await ask(ALICE);
    clock.mockReturnValue(now + 9_999);
    expect(await fetchImage()).toBe('on');
    clock.mockReturnValue(now + 10_000);
    expect(await fetchImage()).toBe('503');
    clock.mockRestore();
  });

  it('is remembered for a bounded number of images: then the oldest go', async () => {
    const images = Array.from({ length: 1000 }, (_, i) => `url=/${i}.png`);
    await ask(ALICE, `/_next/image?${images.join('&')}`);
    expect(await fetchImage('/0.png')).toBe('on');
    await ask(ALICE);
    expect([await fetchImage('/0.png'), await fetchImage('/1.png')]).toEqual(['503', 'on']);
  });

  it('is no way in for a client’s request that nothing has seen', async () => {
    await ask(ALICE);
    expect(await fetchImage('/photo.png?v=1', { headers: { host: 'app.test' } })).toBe('503');
    const guessed = { 'x-trusted-header-id': 'guessed' };
    expect(await fetchImage('/photo.png?v=1', { headers: guessed })).toBe('503');
  });

  it('gets nothing for whom the policy of the image does not admit', async () => {
    const proxy = trustedHeaderProxy({
      policies: { '/admin/*': { groups: { anyOf: ['admins'] } } },
    });
    const outer = '/_next/image?url=%2Fadmin%2Fphoto.png&w=64&q=75';
    expect(await ask(BOB, outer, proxy)).toBe('403');
    expect(await fetchImage('/admin/photo.png', {}, proxy)).toBe('503');
    expect(await ask(ALICE, outer, proxy)).toBe('on');
    expect(await fetchImage('/admin/photo.png', {}, proxy)).toBe('on');
  });

  it('is open to nobody for what nobody may have by its own address', async () => {
    const proxy = trustedHeaderProxy({
      anonymous: ({ nextUrl }) => (nextUrl.pathname === '/_next/image' ? 'allow' : 'refuse'),
    });
    expect(await ask(NOBODY, OUTER, proxy)).toBe('401');
    expect(await ask(NOBODY, '/_next/image?url=/public/logo.png&w=64&q=75', proxy)).toBe('on');
    expect(await fetchImage('/public/logo.png', {}, proxy)).toBe('on');
    expect(await ask(NOBODY, '/_next/image?url=/public/../photo.png&w=64&q=75', proxy)).toBe('401');
    expect(await ask(NOBODY, '/_next/image?url=/public/%2e%2e/photo.png&w=64&q=75', proxy)).toBe(
      '401',
    );
    const registry = findRegistry();
    const before = registry?.isBuildFile;
    const isBuildFile = async (target: string) => target === '/_next/static/media/a.png';
    Object.assign(registry ?? {}, { isBuildFile });
    const ofBuild = '/_next/image?url=/_next/static/media/a.png&w=64&q=75';
    expect(await ask(NOBODY, ofBuild, proxy)).toBe('on');
    Object.assign(registry ?? {}, { isBuildFile: before });
  });

  it.each([
    '/_next/image/?url=/photo.png&w=64&q=75',
    '/_next/data/the-build/_next/image.json?url=/photo.png&w=64&q=75',
    '/x/..%2f_next/%69mage?url=/photo.png&w=64&q=75',
    '/_next/image?url=/public/logo.png&url=/photo.png&w=64&q=75',
  ])('is as little open, as %s', async (outer) => {
    const proxy = trustedHeaderProxy({ anonymous: 'allow' });
    expect(await ask(NOBODY, outer, proxy)).toBe('401');
  });

  it('gets nothing for anybody from where a function rewrites to, and a policy asks', async () => {
    const proxy = trustedHeaderProxy(
      ({ nextUrl }) => NextResponse.rewrite(new URL(`/admin${nextUrl.pathname}`, nextUrl)),
      { policies: { '/admin/*': { groups: { anyOf: ['admins'] } } } },
    );
    expect(await ask(BOB, OUTER)).toBe('on');
    expect(await fetchImage('/photo.png?v=1', {}, proxy)).toBe('503');
  });

  it('gets images with trailingSlash and basePath', async () => {
    const nextConfig = { basePath: '/base', trailingSlash: true };
    const path = '/base/_next/image/?url=%2Fbase%2Fphoto.png&w=64&q=75';
    const proxy = trustedHeaderProxy();
    expect(await through(proxy, requestOf(ALICE, new Map(), { path, nextConfig }))).toBe('on');
    expect(await fetchImage('/base/photo.png')).toBe('on');
  });

  it('gets on through followSession, which finds nobody', async () => {
    const { followSession } = signIn({ find: ({ user }) => ({ name: user }), log: false });
    const proxy = trustedHeaderProxy(followSession());
    await ask(ALICE, OUTER, proxy);
    expect(await fetchImage('/photo.png?v=1', {}, proxy)).toBe('on');
  });
});
