import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthenticator, type Decision } from '@trusted-header/core';
import { oauth2ProxyAuthRequest } from '@trusted-header/core/profiles';
import type { RunningProgram } from '../src/network/start-program.js';
import { GROUP, startOauth2Proxy } from '../src/portal/start-oauth2-proxy.js';
import { PASSWORD } from '../src/portal/users.js';
import type { Program } from '../src/proxies/programs.js';
import { freePort, runHere, writeHere } from './loopback.js';
import { seenIn, send, startWorld, type World } from './loopback-world.js';

const PATH = process.env['OAUTH2_PROXY'];
const PROXIES: readonly Program[] = ['nginx', 'caddy', 'haproxy'];
const MORE: readonly Program[] = process.env['CADDY'] ? ['caddy-current'] : [];

const application = createAuthenticator({
  trustedProxies: '127.0.0.1',
  profile: oauth2ProxyAuthRequest,
  log: false,
});

/** Skipped without the program that OAUTH2_PROXY names, which is in no Debian: `.ci/run` fetches it. */
const describeIfThere = PATH === undefined ? describe.skip : describe;

describeIfThere.each([...PROXIES, ...MORE])('%s with the real oauth2-proxy', (program) => {
  let world: World;
  let auth: RunningProgram;
  let port: number;
  let stop: () => Promise<void>;
  let cookie: string;

  beforeAll(async () => {
    world = await startWorld();
    const authPort = await freePort();
    auth = await startOauth2Proxy(PATH ?? '', authPort, 'john');
    const written = await writeHere(program, {
      app: world.app,
      auth: `http://127.0.0.1:${authPort}`,
      profile: 'oauth2-proxy',
    });
    ({ port } = written);
    const stopProxy = await runHere(written);
    stop = async () => {
      await stopProxy();
      written.remove();
    };
    const body = new URLSearchParams({ username: 'john', password: PASSWORD }).toString();
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const head = [type, `Content-Length: ${body.length}`];
    const signedIn = await send(port, `${request('/oauth2/sign_in', head, 'POST')}${body}`);
    cookie = /^set-cookie: ([^;]+)/im.exec(signedIn.text)?.[1] ?? '';
  });
  afterAll(async () => {
    await stop?.();
    await auth?.stop();
    await world?.close();
  });

  /** What the application decides about a request that got through. */
  async function decide(lines: readonly string[]): Promise<Decision> {
    const { headers } = seenIn((await send(port, request('/whoami', lines))).text);
    const bytes = (text: string): string => Buffer.from(text).toString('latin1');
    const rawHeaders = headers.flatMap(([name, value]) => [name, bytes(value)]);
    return application.authenticate({ peer: '127.0.0.1', rawHeaders });
  }

  it('signs in with a password, under the application’s own name', () => {
    expect(cookie).toMatch(/^_oauth2_proxy=./);
  });

  it('tells the application who it is', async () => {
    expect(await decide([`Cookie: ${cookie}`])).toMatchObject({
      kind: 'authenticated',
      identity: { user: 'john', groups: [GROUP] },
    });
  });

  it.each([
    ['X-Auth-Request-User: root', 'X-Auth-Request-Groups: admin', 'X-Auth-Request-Email: r@x.y'],
    ['x-auth-request-user: root', 'X-Auth-Request-User: root'],
    ['X-Forwarded-User: root', 'X-Forwarded-Groups: admin', 'Remote-User: root'],
  ])('believes nothing that the client says of it: %s', async (...lines) => {
    expect(await decide([`Cookie: ${cookie}`, ...lines])).toMatchObject({
      kind: 'authenticated',
      identity: { user: 'john', groups: [GROUP] },
    });
    const { status } = await send(port, request('/whoami', lines));
    expect([302, 401, 403]).toContain(status);
  });

  it('sends nobody who is signed in to the sign-in', async () => {
    const { status, text } = await send(port, request('/whoami', ['Accept: text/html']));
    expect(status).toBe(302);
    expect(text).toMatch(/^location: (https:\/\/github\.com\/login|\S*\/oauth2\/)/im);
  });
});

function request(path: string, lines: readonly string[], method = 'GET'): string {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: app.example.com', 'Connection: close'];
  return `${[...head, ...lines].join('\r\n')}\r\n\r\n`;
}
