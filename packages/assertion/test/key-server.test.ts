import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createVerifier, genericAssertion } from '../src/index.js';
import { makeSigner, type Signer, signToken } from './tokens.js';

const here = new URL('.', import.meta.url).pathname;
const run = promisify(execFile);
let server: ChildProcess;
let ports: { readonly cert: string; readonly secure: number; readonly plain: number };
let signer: Signer;
let token: string;
let folder: string;

beforeAll(async () => {
  signer = await makeSigner('ES256', 'one');
  const exp = Math.floor(Date.now() / 1000) + 300;
  token = await signToken(signer, { iss: 'sso', aud: 'app', sub: 'alice', exp });
  const keys = JSON.stringify({ keys: [signer.jwk] });
  server = fork(join(here, 'key-server.mjs'), [keys], { env: {}, execArgv: [] });
  [ports] = await once(server, 'message');
  folder = mkdtempSync(join(tmpdir(), 'trusted-header-keys-'));
  writeFileSync(join(folder, 'ca.pem'), ports.cert);
});
afterAll(async () => {
  server.disconnect();
  await once(server, 'exit');
  rmSync(folder, { recursive: true });
});

/** Asks in a process of its own: which authorities count, Node reads once. */
async function askOverTls(path: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const url = `https://localhost:${ports.secure}${path}`;
  const { stdout } = await run(process.execPath, [join(here, 'ask-over-tls.mjs'), url, token], {
    env,
  });
  return JSON.parse(stdout);
}

it('keys come over TLS from a server whose certificate is trusted', async () => {
  const env = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  expect(await askOverTls('/good', env)).toEqual([
    true,
    { kind: 'proven', identity: { user: 'alice' }, replaces: false },
  ]);
});

it('keys come from no server whose certificate is not', async () => {
  expect(await askOverTls('/good', {})).toEqual([
    false,
    {
      kind: 'refused',
      reason: 'assertion-unavailable',
      detail: `no keys from https://localhost:${ports.secure}/good: DEPTH_ZERO_SELF_SIGNED_CERT`,
    },
  ]);
});

/** Each path with what is said of it. */
const FAILING = {
  '/500': 'status 500',
  '/redirect': 'it redirects (302); write the address that it redirects to',
  '/huge': 'more than 65536 bytes',
  '/half': 'UND_ERR_SOCKET',
  '/drip': 'no whole answer within 5 s',
  '/hang': 'no whole answer within 5 s',
};

it('a real server that fails, in whatever way, costs five seconds and one exchange', async () => {
  const start = performance.now();
  const seen = await Promise.all(
    Object.keys(FAILING).map(async (path) => [path, await fail(path)]),
  );
  expect(performance.now() - start).toBeLessThan(8_000);
  expect(Object.fromEntries(seen)).toEqual(FAILING);
  const counts = await (await fetch(`http://127.0.0.1:${ports.plain}/counts`)).json();
  expect(counts).toEqual({
    ...Object.fromEntries(Object.keys(FAILING).map((path) => [path, 1])),
    '/good': 1,
    '/counts': 1,
  });
}, 15_000);

/** Has twenty requests verified at once, and gives the one answer that all of them got. */
async function fail(path: string): Promise<string | undefined> {
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
  };
  const jwks = `http://127.0.0.1:${ports.plain}${path}`;
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks,
    user: 'sub',
  });
  const { verify } = createVerifier(provider, { log, allowPlainHttpKeysFromLoopback: true });
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => verify(token)));
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('MARK');
  const details = new Set(verdicts.map((it) => (it.kind === 'refused' ? it.detail : it.kind)));
  expect(details.size).toBe(1);
  return [...details][0]?.replace(`no keys from ${jwks}: `, '');
}
