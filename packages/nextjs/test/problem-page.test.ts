import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { NextFetchEvent } from 'next/dist/server/web/spec-extension/fetch-event.js';
import { NextRequest } from 'next/server.js';
import { trustedHeaderProxy } from '../src/index.js';

beforeEach(() => {
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** Asks proxy.ts where nobody has decided. */
async function ask(path: string, headers: Record<string, string>, basePath = '') {
  const nextConfig = { basePath };
  const request = new NextRequest(new URL(path, 'http://app.test'), { headers, nextConfig });
  return trustedHeaderProxy()(
    request,
    new NextFetchEvent({ request, page: path, context: undefined }),
  );
}

it('people get a page in their language where nobody has decided', async () => {
  const french = { Accept: 'text/html', 'Accept-Language': 'fr-CH, de;q=0.5' };
  const response = await ask('/', french);
  expect(response?.status).toBe(503);
  expect(response?.headers.get('content-language')).toBe('fr');
  expect(response?.headers.get('vary')).toBe('Accept, Accept-Language');
  const body = await response?.text();
  expect(body).toContain('Ce site est en cours de démarrage.');
  expect(body).toContain('<a href="/">');
  await ask('/', french);
  // Once, so that nobody fills the log.
  expect(jest.mocked(console.error).mock.calls).toEqual([
    [expect.stringContaining('trusted-header: nobody has decided who is asking')],
  ]);
});

it('the way to the start page knows the base path', async () => {
  const response = await ask('/docs/a', { Accept: 'text/html' }, '/docs');
  expect(await response?.text()).toContain('<a href="/docs">');
});
