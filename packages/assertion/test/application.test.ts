import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeSigner, signToken } from './tokens.js';

const PROXY = '127.0.0.1';
const STRANGER = '127.0.0.2';
let application: ChildProcess;
let port: number;
let token: string;
let foreign: string;

beforeAll(async () => {
  const signer = await makeSigner('ES256', 'one');
  const exp = Math.floor(Date.now() / 1000) + 300;
  const claims = { iss: 'sso', aud: 'app', sub: 'alice', groups: ['dev'], exp };
  token = await signToken(signer, claims);
  foreign = await signToken(signer, { ...claims, aud: 'other' });
  const file = join(new URL('.', import.meta.url).pathname, 'application.mjs');
  const keys = JSON.stringify({ keys: [signer.jwk] });
  application = fork(file, [keys], { env: { NODE_ENV: 'production' }, execArgv: [] });
  [port] = await once(application, 'message');
});
afterAll(async () => {
  application.disconnect();
  await once(application, 'exit');
});

/** Asks from an address, with raw header lines. */
async function ask(localAddress: string, headers: Readonly<Record<string, string | string[]>>) {
  const request = get({ host: PROXY, port, localAddress, headers, agent: false });
  const [response] = await once(request, 'response');
  const body: unknown = JSON.parse(await text(response));
  return { status: response.statusCode, body };
}

it('an application on a real socket believes the token of its proxy, and never sees it', async () => {
  const { status, body } = await ask(PROXY, { 'X-Jwt': token, 'Remote-Groups': 'admin' });
  expect(status).toBe(403); // groups without a user are no claim of alice's
  expect(body).toMatchObject({ code: 'user-missing' });

  const good = await ask(PROXY, {
    'X-Jwt': token,
    'Remote-User': 'alice',
    'Remote-Groups': 'admin',
  });
  expect(good).toMatchObject({
    status: 200,
    body: { identity: { user: 'alice', groups: ['dev'] } },
  });
  expect(JSON.stringify(good.body)).not.toContain(token);
  expect(JSON.stringify(good.body)).not.toContain('admin');
});

it.each([
  ['a good token of a stranger’s', STRANGER, () => ({ 'X-Jwt': token }), 'peer-untrusted'],
  ['a token of another application’s', PROXY, () => ({ 'X-Jwt': foreign }), 'assertion-foreign'],
  ['two lines', PROXY, () => ({ 'X-Jwt': [token, token] }), 'header-repeated'],
  ['another spelling', PROXY, () => ({ X_Jwt: token }), 'header-ambiguous'],
  ['a user without a token', PROXY, () => ({ 'Remote-User': 'alice' }), 'assertion-missing'],
  ['another user', PROXY, () => ({ 'X-Jwt': token, 'Remote-User': 'bob' }), 'assertion-mismatch'],
  [
    'a cookie',
    PROXY,
    () => ({ 'Remote-User': 'alice', Cookie: `X-Jwt=${token}` }),
    'assertion-missing',
  ],
])('it refuses %s', async (_, from, headers, code) => {
  expect(await ask(from, headers())).toMatchObject({ status: 403, body: { code } });
});

it('knows nobody without both', async () => {
  expect(await ask(PROXY, {})).toMatchObject({ status: 401 });
});
