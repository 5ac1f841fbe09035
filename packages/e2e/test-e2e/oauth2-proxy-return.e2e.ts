import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Program } from '../src/proxies/programs.js';
import { runHere, type WrittenHere, writeHere } from './loopback.js';
import { listen, send } from './loopback-world.js';
import { createShowingServer } from './strict-authelia.js';

const PAGE = 'Accept: text/html';

const request = (target: string, ...lines: string[]): string =>
  [`${target} HTTP/1.1`, 'Host: app.example.com', ...lines, 'Connection: close', '', ''].join(
    '\r\n',
  );

/**
 * What oauth2-proxy 7.15 does with a return address: a path of `X-Auth-Request-Redirect` or of `rd` is taken, an absolute
 * `rd` only with `--whitelist-domain`; without one everybody is at `/` afterwards.
 */
const createOauth2Proxy = () =>
  createServer((req, res) => {
    const url = new URL(req.url ?? '', 'http://oauth2-proxy');
    if (url.pathname !== '/oauth2/start') {
      res.statusCode = req.headers.cookie?.includes('_oauth2_proxy=john') ? 202 : 401;
      res.setHeader('X-Auth-Request-User', 'john');
      return res.end();
    }
    const wanted = req.headers['x-auth-request-redirect'] ?? url.searchParams.get('rd') ?? '/';
    const state = String(wanted).startsWith('/') ? String(wanted) : '/';
    res.statusCode = 302;
    res.setHeader('Location', `https://idp.example.com/?state=${encodeURIComponent(state)}`);
    res.setHeader('Set-Cookie', '_oauth2_proxy_csrf=1');
    return res.end();
  });

describe.each<Program>(['nginx', 'caddy', 'haproxy'])('behind %s with oauth2-proxy', (program) => {
  let auth: Awaited<ReturnType<typeof listen>>;
  let app: Awaited<ReturnType<typeof listen>>;
  let written: WrittenHere;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    auth = await listen(createOauth2Proxy());
    app = await listen(createShowingServer());
    const settings = { app: app.url, auth: auth.url, profile: 'oauth2-proxy' } as const;
    written = await writeHere(program, settings);
    stop = await runHere(written);
  });
  afterAll(async () => {
    await stop();
    written.remove();
    await auth.close();
    await app.close();
  });

  const locationOf = async (text: string): Promise<string> => {
    const answer = await send(written.port, text);
    return `${answer.status} ${/^location: (.*)\r$/im.exec(answer.text)?.[1]}`;
  };

  it.each(['/whoami?a=1&b=2', '/', '/a%26b?c=%C3%A4&d=e%20f', '/a?rd=/evil&x=y'])(
    'comes back to %s after the sign-in',
    async (path) => {
      let location = await locationOf(request(`GET ${path}`, PAGE));
      // HAProxy sends the browser there itself.
      const own = /^302 (?:https:..app.example.com)?(\/oauth2\/start.*)/.exec(location)?.[1];
      if (own !== undefined) location = await locationOf(request(`GET ${own}`, PAGE));
      const state = new URL(location.replace('302 ', '')).searchParams.get('state');
      expect([location.slice(0, 3), state]).toEqual(['302', path]);
    },
  );

  it.each<[who: string, target: string, lines: readonly string[], expected: string]>([
    ['a program', 'GET /a', ['Accept: application/json'], '401'],
    ['a script', 'GET /a', [PAGE, 'X-Requested-With: XMLHttpRequest'], '401'],
    ['a form', 'POST /a?b=1&c=2', [PAGE, 'Content-Length: 0'], '303'],
  ])('answers %s (%s) with what it can do something with', async (_, target, lines, expected) => {
    const answer = await locationOf(request(target, ...lines));
    expect(answer.slice(0, 3)).toBe(expected);
    if (expected === '303') expect(answer).toBe('303 https://app.example.com/a?b=1&c=2');
  });

  it('takes no return address from a client', async () => {
    const evil = 'X-Auth-Request-Redirect: /evil';
    expect(await locationOf(request('GET /a', PAGE, evil))).not.toContain('evil');
    expect(await locationOf(request('GET /oauth2/start', PAGE, evil))).not.toContain('evil');
  });

  it('keeps its cookies from the application, and lets its own pages have them', async () => {
    const cookies = 'Cookie: _oauth2_proxy=john; a=1; _oauth2_proxy_0=x';
    const { text } = await send(written.port, request('GET /', cookies));
    expect(text).toContain('["cookie","a=1"]');
  });
});
