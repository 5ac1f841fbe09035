import { beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthenticator, type DecisionEvent, isAuthenticator } from '@trusted-header/core';
import { genericAssertion } from '../src/providers/generic-assertion.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import type { VerifierOptions } from '../src/verifier/verifier-options.js';
import { withAssertion } from '../src/with-assertion.js';
import { makeSigner, NOW, type Signer, signToken } from './tokens.js';
import { keySet, makeWorld } from './world.js';

const JWKS = 'https://sso.example.com/jwks.json';
const PROXY = '172.20.0.2';
const NEIGHBOUR = PROXY;
const CLAIMS = { iss: 'sso', aud: 'app', sub: 'alice', groups: ['dev'], exp: NOW + 300 };

let signer: Signer;
let token: string;

beforeAll(async () => {
  signer = await makeSigner('ES256', 'one');
  token = await signToken(signer, CLAIMS);
});

function start(options: VerifierOptions = {}) {
  const world = makeWorld();
  world.answer(JWKS, keySet(signer.jwk));
  const lines: string[] = [];
  const events: DecisionEvent[] = [];
  const inner = createAuthenticator({
    trustedProxies: PROXY,
    log: (line) => lines.push(line),
    onDecision: (event) => events.push(event),
  });
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks: JWKS,
    user: 'sub',
    groups: 'groups',
    email: 'email',
  });
  const authenticator = withAssertion(
    inner,
    makeVerifier(provider, { log: false, ...options }, world),
  );
  const ask = (rawHeaders: readonly string[], peer = PROXY) =>
    authenticator.authenticate({ peer, rawHeaders });
  return { ask, authenticator, lines, events, world };
}

const source = { kind: 'address', address: PROXY };
const alice = { kind: 'authenticated', identity: { user: 'alice', groups: ['dev'] }, source };

describe('withAssertion', () => {
  it('believes whom the assertion names, alone and beside a header that says the same', async () => {
    const { ask, authenticator } = start();
    expect(isAuthenticator(authenticator)).toBe(true);
    expect(authenticator.isIdentityHeader('x_jwt')).toBe(true);
    expect(await ask(['X-Jwt', token])).toEqual(alice);
    expect(await ask(['X-Jwt', `Bearer ${token}`])).toEqual(alice);
    expect(await ask(['Remote-User', 'alice', 'X-Jwt', token])).toEqual(alice);
  });

  it('takes no groups of a header: whoever has a token of their own gets what is in it', async () => {
    const { ask } = start();
    const claim = [
      'Remote-User',
      'alice',
      'Remote-Groups',
      'admin',
      'Remote-Email',
      'b@example.com',
    ];
    expect(await ask([...claim, 'X-Jwt', token], NEIGHBOUR)).toEqual(alice);
  });

  it('refuses a header that names somebody else, unless the assertion replaces it', async () => {
    const claim = ['Remote-User', 'admin', 'X-Jwt', token];
    const { ask } = start();
    expect(await ask(claim)).toEqual({
      kind: 'refused',
      reason: 'assertion-mismatch',
      header: 'X-Jwt',
      peer: PROXY,
      detail: 'the identity headers name another user',
    });
    expect(await start({ subject: 'replace' }).ask(claim)).toEqual(alice);
  });

  it('refuses identity headers without an assertion, and knows nobody without both', async () => {
    const { ask } = start();
    const missing = { kind: 'refused', reason: 'assertion-missing', header: 'X-Jwt', peer: PROXY };
    expect(await ask(['Remote-User', 'alice'])).toMatchObject(missing);
    expect(await ask(['Remote-User', 'alice', 'X-Jwt', ''])).toMatchObject(missing);
    expect(
      await ask(['Remote-User', 'alice', 'Cookie', `X-Jwt=${token}; CF_Authorization=${token}`]),
    ).toMatchObject(missing);
    expect(await ask(['X-Jwt', ''])).toEqual({ kind: 'anonymous', trusted: true });
    expect(await ask([])).toEqual({ kind: 'anonymous', trusted: true });
  });

  it('refuses a good assertion from a stranger, and verifies nothing', async () => {
    const { ask } = start();
    expect(await ask(['X-Jwt', token], '10.0.0.9')).toEqual({
      kind: 'refused',
      reason: 'peer-untrusted',
      peer: '10.0.0.9',
    });
  });

  it.each([
    ['two lines', ['X-Jwt', 'TOKEN', 'X-Jwt', 'TOKEN'], 'header-repeated'],
    ['another spelling', ['X_Jwt', 'TOKEN'], 'header-ambiguous'],
    [
      'a Connection header that names it',
      ['X-Jwt', 'TOKEN', 'Connection', 'x-jwt'],
      'header-hop-by-hop',
    ],
    ['two in one line', ['X-Jwt', 'TOKEN,TOKEN'], 'assertion-malformed'],
    ['two in one line with a space', ['X-Jwt', 'TOKEN, TOKEN'], 'assertion-malformed'],
    ['another scheme', ['X-Jwt', 'Basic YWxpY2U6eA=='], 'assertion-malformed'],
    ['three megabytes', ['X-Jwt', 'a'.repeat(3_000_000)], 'assertion-malformed'],
  ])('refuses %s', async (_, headers, reason) => {
    const { ask } = start();
    expect(await ask(headers.map((value) => value.replaceAll('TOKEN', token)))).toMatchObject({
      kind: 'refused',
      reason,
    });
  });

  it('reads the user as strictly as one of a header', async () => {
    const { ask } = start();
    for (const sub of [' alice', 'ali\u200dce', 'a'.repeat(300), '(null)', 'al\u0000ice']) {
      const odd = await signToken(signer, { ...CLAIMS, sub });
      expect(await ask(['X-Jwt', odd])).toMatchObject({
        kind: 'refused',
        reason: 'assertion-subject',
      });
    }
  });

  it('says 503 while there are no keys, and what to do, in one line', async () => {
    const { ask, world, lines } = start();
    await ask(['X-Jwt', token]);
    world.answer(JWKS, () => new Response('', { status: 502 }));
    world.pass(90_000);
    const late = await signToken(signer, { ...CLAIMS, exp: NOW + 90_300 });
    expect(await ask(['X-Jwt', late])).toMatchObject({
      kind: 'refused',
      reason: 'assertion-unavailable',
      detail: `no keys from ${JWKS}: status 502`,
    });
    expect(lines).toEqual([
      expect.stringMatching(
        /^trusted-header: peer 172\.20\.0\.2 sent an assertion in X-Jwt while there are no keys.*status 502/,
      ),
    ]);
  });

  it('puts nothing of a token into a line or an event but kid and alg', async () => {
    const { ask, lines, events } = start();
    const marks = ['MARK1', 'MARK2', 'MARK3', 'MARK4'];
    const forged = await signToken(
      await makeSigner('ES256', 'unknown-kid'),
      { iss: 'MARK1', sub: 'MARK2', aud: 'MARK3', exp: NOW + 300 },
      { typ: 'MARK4' },
    );
    await ask(['X-Jwt', forged]);
    const foreign = await signToken(signer, { ...CLAIMS, iss: 'MARK1', sub: 'MARK2' });
    await ask(['X-Jwt', foreign]);
    await ask(['X-Jwt', 'MARK1.MARK2.MARK3']);
    const seen = JSON.stringify([lines, events]);
    for (const mark of [...marks, forged, foreign]) expect(seen).not.toContain(mark);
    expect(seen).toContain('unknown-kid');
    expect(lines).toHaveLength(3);
  });
});

it('writes about keys where the authenticator writes', async () => {
  const lines: string[] = [];
  const log = (line: string) => {
    lines.push(line);
  };
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks: 'https://127.0.0.1:2/jwks.json',
    user: 'sub',
  });
  const authenticator = withAssertion(
    createAuthenticator({ trustedProxies: PROXY, log }),
    provider,
  );
  const decision = await authenticator.authenticate({ peer: PROXY, rawHeaders: ['X-Jwt', token] });
  expect(decision).toMatchObject({ reason: 'assertion-unavailable' });
  expect(lines[0]).toBe(
    'trusted-header: assertion: no keys from https://127.0.0.1:2/jwks.json: ECONNREFUSED; assertions are refused with 503 until it answers',
  );
});

it('takes no options beside a verifier, which has had its own', () => {
  const inner = createAuthenticator({ trustedProxies: PROXY, log: false });
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks: JWKS,
    user: 'sub',
  });
  const verifier = makeVerifier(provider, { log: false }, makeWorld());
  expect(() => withAssertion(inner, verifier, { subject: 'replace' })).toThrow(
    'options: {"subject":"replace"} come too late; give them to createVerifier',
  );
});
