import type { BetterAuthPlugin } from '@better-auth/core';
import { createAuthEndpoint } from '@better-auth/core/api';
import { describe, expect, it } from '@jest/globals';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { createBrowser, createTestAuth, named } from './test-auth.js';

/** What plugins do that let people bring a login of their own, as `@better-auth/sso` does. */
function singleSignOn() {
  const reached: unknown[] = [];
  const anything = {
    '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
  } as const;
  const plugin = {
    id: 'single-sign-on',
    endpoints: {
      register: createAuthEndpoint(
        '/sso/register',
        { method: 'POST', body: anything },
        async (ctx) => {
          reached.push(ctx.body);
          return ctx.json({});
        },
      ),
      callback: createAuthEndpoint('/sso/callback/:providerId', { method: 'GET' }, async (ctx) => {
        reached.push(ctx.params);
        return ctx.json({});
      }),
    },
  } satisfies BetterAuthPlugin;
  return { reached, plugin };
}

async function start() {
  const { reached, plugin } = singleSignOn();
  const oauth = genericOAuth({
    config: [
      {
        providerId: 'trusted-header',
        clientId: 'client',
        clientSecret: 'secret',
        authorizationUrl: 'http://127.0.0.1:9/authorize',
        tokenUrl: 'http://127.0.0.1:9/token',
      },
    ],
  });
  const test = await createTestAuth('memory', { plugins: [plugin, oauth] });
  const browser = createBrowser(test);
  await browser.follow(named('mallory'));
  return { reached, browser, ask };

  async function ask(path: string, body?: unknown): Promise<readonly unknown[]> {
    const request = new Request(`http://127.0.0.1/api/auth${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        cookie: browser.headers().get('cookie') ?? '',
        origin: 'http://127.0.0.1',
        'content-type': 'application/json',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const response = await test.auth.handler(request);
    return [response.status, Reflect.get(Object(await response.json().catch(() => null)), 'code')];
  }
}

const RESERVED = [422, 'PROVIDER_ID_RESERVED'];

describe('a login by the name of our accounts', () => {
  it.each([
    'trusted-header',
    'Trusted-Header',
    'trusted-header ',
    'trusted-héader',
    'trusted-\u200bheader',
    'ｔrusted-header',
    'trusteđ-header',
    'trusted-ħeader',
    'trusteð-header',
    'trusted-h\u0364eader',
  ])(
    'cannot be registered as %j, by which its owner would be whom they like',
    async (providerId) => {
      const { reached, ask } = await start();
      expect(await ask('/sso/register', { providerId, issuer: 'https://evil.example' })).toEqual(
        RESERVED,
      );
      expect(await ask(`/sso/callback/${encodeURIComponent(providerId)}?code=x`)).toEqual(RESERVED);
      expect(reached).toEqual([]);
    },
  );

  it.each([
    ['/sign-in/social', { provider: 'trusted-header' }],
    ['/link-social', { provider: 'trusted-header' }],
    ['/callback/trusted-header?code=x&state=y', undefined],
  ])('begins nothing and ends nothing at %s', async (path, body) => {
    const { ask } = await start();
    expect(await ask(path, body)).toEqual(RESERVED);
  });

  it('may have another name', async () => {
    const { reached, ask } = await start();
    for (const providerId of ['trusted-header-2', 'trusted', 'okta', 7, null]) {
      expect((await ask('/sso/register', { providerId }))[0]).toBe(200);
    }
    expect((await ask('/sso/callback/okta'))[0]).toBe(200);
    expect(reached).toHaveLength(6);
  });
});
