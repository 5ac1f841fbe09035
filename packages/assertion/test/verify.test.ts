import { beforeAll, describe, expect, it } from '@jest/globals';
import { genericAssertion } from '../src/providers/generic-assertion.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import type { Verifier } from '../src/verifier/verifier.js';
import type { VerifierOptions } from '../src/verifier/verifier-options.js';
import { encode, makeSigner, NOW, type Signer, signRaw, signToken } from './tokens.js';
import { keySet, makeWorld } from './world.js';

const JWKS = 'https://sso.example.com/jwks.json';
const CLAIMS = {
  iss: 'https://sso.example.com',
  aud: 'app',
  sub: 'alice',
  iat: NOW - 10,
  exp: NOW + 300,
};

let rsa: Signer;
let ec: Signer;
let forger: Signer;

beforeAll(async () => {
  [rsa, ec, forger] = await Promise.all([
    makeSigner('RS256', 'one'),
    makeSigner('ES256', 'two'),
    makeSigner('RS256', 'one'),
  ]);
});

function verifier(options: VerifierOptions = {}): Verifier {
  const world = makeWorld();
  world.answer(JWKS, keySet(rsa.jwk, ec.jwk));
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'https://sso.example.com',
    audience: ['app', 'app-of-before'],
    algorithms: ['RS256', 'ES256'],
    jwks: JWKS,
    user: 'sub',
    groups: 'groups',
    name: 'name',
    email: 'email',
  });
  return makeVerifier(provider, { log: false, ...options }, world);
}

async function judged(claims: object, header: object = {}, signer = rsa): Promise<unknown> {
  return verifier().verify(await signToken(signer, claims, header));
}

const proven = (identity: object) => ({ kind: 'proven', identity, replaces: false });
const refusedBy = (reason: string, detail?: string) => ({
  kind: 'refused',
  reason,
  ...(detail !== undefined && { detail }),
});

describe('a token that is good', () => {
  it('proves who the user is, by RS256 and by ES256', async () => {
    expect(await judged(CLAIMS)).toEqual(proven({ user: 'alice' }));
    expect(await judged(CLAIMS, {}, ec)).toEqual(proven({ user: 'alice' }));
  });

  it('says groups, name and email, and what has another type costs no login', async () => {
    const more = { groups: ['dev', 'ops'], name: 'Alice', email: 'alice@example.com' };
    expect(await judged({ ...CLAIMS, ...more })).toEqual(proven({ user: 'alice', ...more }));
    const odd = { groups: 'admin', name: { admin: true }, email: 7 };
    expect(await judged({ ...CLAIMS, ...odd })).toEqual(proven({ user: 'alice' }));
    expect(await judged({ ...CLAIMS, groups: ['dev', 7] })).toEqual(proven({ user: 'alice' }));
  });

  it.each([
    ['an audience among several', { aud: ['other', 'app'] }],
    ['the audience of before', { aud: 'app-of-before' }],
    ['a clock that is 30 s slow', { iat: NOW + 29, nbf: NOW + 29 }],
    ['an end 29 s ago', { exp: NOW - 29 }],
    ['times with fractions', { iat: NOW - 0.5, exp: NOW + 0.5 }],
    ['a day to live', { iat: NOW, exp: NOW + 86_400 }],
    ['members that look like those of objects', { constructor: 'x', toString: 'y' }],
  ])('may have %s', async (_, claims) => {
    expect(await judged({ ...CLAIMS, ...claims })).toEqual(proven({ user: 'alice' }));
  });

  it('takes the place of the header’s user where the options say so', async () => {
    const replacing = verifier({ subject: 'replace' });
    expect(await replacing.verify(await signToken(rsa, CLAIMS))).toEqual({
      kind: 'proven',
      identity: { user: 'alice' },
      replaces: true,
    });
  });
});

describe('a claim that is wrong', () => {
  const ISSUER = 'its issuer is not https://sso.example.com';
  const AUDIENCE = 'its audience is not app or app-of-before';
  it.each([
    ['no iss', { iss: undefined }, 'assertion-foreign', ISSUER],
    ['another iss', { iss: 'https://evil.example' }, 'assertion-foreign', ISSUER],
    ['iss with a slash', { iss: 'https://sso.example.com/' }, 'assertion-foreign', ISSUER],
    ['iss in a list', { iss: ['https://sso.example.com'] }, 'assertion-foreign', ISSUER],
    ['iss of other letters', { iss: 'HTTPS://sso.example.com' }, 'assertion-foreign', ISSUER],
    ['no aud', { aud: undefined }, 'assertion-foreign', AUDIENCE],
    ['an empty aud', { aud: '' }, 'assertion-foreign', AUDIENCE],
    ['an empty list of aud', { aud: [] }, 'assertion-foreign', AUDIENCE],
    ['aud that contains ours', { aud: 'my-app-too' }, 'assertion-foreign', AUDIENCE],
    ['aud that is a part of ours', { aud: 'ap' }, 'assertion-foreign', AUDIENCE],
    ['aud with an object beside ours', { aud: ['app', {}] }, 'assertion-foreign', AUDIENCE],
    ['aud in a list in a list', { aud: [['app']] }, 'assertion-foreign', AUDIENCE],
    ['no exp', { exp: undefined }, 'assertion-expired', 'it has no exp'],
    ['exp as text', { exp: String(NOW + 300) }, 'assertion-expired', 'its exp is no number'],
    ['exp null', { exp: null }, 'assertion-expired', 'its exp is no number'],
    ['an exp 31 s ago', { exp: NOW - 31 }, 'assertion-expired', 'it expired 31 s ago'],
    [
      'an exp in milliseconds',
      { exp: NOW * 1_000 },
      'assertion-expired',
      /^it is good for \d+ s > maxLifetimeSeconds 86400$/,
    ],
    [
      'an exp without end, without iat',
      { iat: undefined, exp: 1e300 },
      'assertion-expired',
      /^it is good for/,
    ],
    [
      'a long life',
      { exp: NOW + 86_461 },
      'assertion-expired',
      'it is good for 86471 s > maxLifetimeSeconds 86400',
    ],
    [
      'nbf in the future',
      { nbf: NOW + 31 },
      'assertion-expired',
      'it is not valid for another 31 s',
    ],
    ['nbf as text', { nbf: 'soon' }, 'assertion-expired', 'its nbf is no number'],
    [
      'iat in the future',
      { iat: NOW + 31 },
      'assertion-expired',
      'it was issued 31 s in the future',
    ],
    ['iat true', { iat: true }, 'assertion-expired', 'its iat is no number'],
    ['no sub', { sub: undefined }, 'assertion-subject', 'its sub is no text with a user'],
    ['an empty sub', { sub: '' }, 'assertion-subject', 'its sub is no text with a user'],
    ['a list of sub', { sub: ['alice'] }, 'assertion-subject', 'its sub is no text with a user'],
    ['a number for sub', { sub: 1 }, 'assertion-subject', 'its sub is no text with a user'],
  ])('refuses %s', async (_, claims, reason, detail) => {
    expect(await judged({ ...CLAIMS, ...claims })).toEqual({
      kind: 'refused',
      reason,
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('is not taken from the prototype of objects', async () => {
    const token = await signToken(rsa, { ...CLAIMS, sub: undefined });
    const provider = genericAssertion({ ...PROVIDER, user: 'constructor' });
    const world = makeWorld();
    world.answer(JWKS, keySet(rsa.jwk));
    expect(await makeVerifier(provider, { log: false }, world).verify(token)).toEqual(
      refusedBy('assertion-subject', 'its constructor is no text with a user'),
    );
  });

  it('is whatever a function of the application cannot make a user of', async () => {
    const world = makeWorld();
    world.answer(JWKS, keySet(rsa.jwk));
    const user = () => {
      throw new Error('no');
    };
    const one = makeVerifier(genericAssertion({ ...PROVIDER, user }), { log: false }, world);
    expect(await one.verify(await signToken(rsa, CLAIMS))).toEqual(
      refusedBy('assertion-subject', 'what user(claims) gives is no text with a user'),
    );
  });
});

const PROVIDER = {
  header: 'X-Jwt',
  issuer: 'https://sso.example.com',
  audience: 'app',
  algorithms: ['RS256', 'ES256'],
  jwks: JWKS,
  user: 'sub',
} as const;

describe('a signature that is wrong', () => {
  it('is another key’s, whatever kid it says', async () => {
    expect(await judged(CLAIMS, {}, forger)).toEqual(refusedBy('assertion-signature'));
  });

  it('is of another payload', async () => {
    const [header, , signature] = (await signToken(rsa, CLAIMS)).split('.');
    const payload = encode(JSON.stringify({ ...CLAIMS, sub: 'admin' }));
    expect(await verifier().verify(`${header}.${payload}.${signature}`)).toEqual(
      refusedBy('assertion-signature'),
    );
  });

  it('is of another token’s key and algorithm', async () => {
    expect(await judged(CLAIMS, { kid: 'two' })).toEqual(
      refusedBy('assertion-key-unknown', `kid two is not at ${JWKS}`),
    );
  });

  it.each([
    ['none', 'none'],
    ['no algorithm', undefined],
    ['HS256 with the public key as the secret', 'HS256'],
    ['None', 'None'],
    ['an algorithm of the key’s kind that the provider does not use', 'PS256'],
    ['a list', ['RS256']],
    ['text of an attacker’s', 'x\nfake line'],
  ])('is never looked at with %s', async (_, alg) => {
    const header = encode(JSON.stringify({ alg, kid: 'one' }));
    const input = `${header}.${encode(JSON.stringify(CLAIMS))}`;
    const secret = new TextEncoder().encode(JSON.stringify(rsa.jwk));
    const key = await crypto.subtle.importKey(
      'raw',
      secret,
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input));
    const shown = typeof alg === 'string' && /^\w+$/.test(alg) ? alg : 'no plain text';
    expect(await verifier().verify(`${input}.${encode(new Uint8Array(mac))}`)).toEqual(
      refusedBy(
        'assertion-algorithm',
        `alg ${alg === undefined ? 'none' : shown}, and not RS256 or ES256`,
      ),
    );
  });
});

describe('a token of an odd form', () => {
  it.each([
    ['crit', { crit: ['exp'], exp: 1 }],
    ['b64', { b64: false }],
  ])('is refused with %s in its header', async (name, header) => {
    const encoded = encode(JSON.stringify({ alg: 'RS256', kid: 'one', ...header }));
    const token = await signRaw(rsa, encoded, encode(JSON.stringify(CLAIMS)));
    expect(await verifier().verify(token)).toEqual(
      refusedBy('assertion-malformed', `its header says ${name}, which is not supported`),
    );
  });

  it.each([
    ['a list', '[]'],
    ['text', '"alice"'],
    ['no JSON', '{'],
    [
      'sub twice',
      `{"iss":"https://sso.example.com","aud":"app","exp":${NOW + 9},"sub":"alice","sub":"admin"}`,
    ],
  ])('is refused though signed, with %s for its payload', async (_, payload) => {
    const header = encode(JSON.stringify({ alg: 'RS256', kid: 'one' }));
    expect(await verifier().verify(await signRaw(rsa, header, encode(payload)))).toEqual(
      refusedBy('assertion-malformed', 'its payload is no JSON object with single members'),
    );
  });

  it('is refused with a text around it', async () => {
    const token = await signToken(rsa, CLAIMS);
    const one = verifier();
    for (const text of [
      `${token} `,
      ` ${token}`,
      `${token}.`,
      `${token}=`,
      `"${token}"`,
      `Bearer ${token}`,
    ]) {
      expect(await one.verify(text)).toEqual({
        kind: 'refused',
        reason: 'assertion-malformed',
        detail: expect.any(String),
      });
    }
    expect(await one.verify(token)).toEqual(proven({ user: 'alice' }));
  });

  it('is refused cut off anywhere', async () => {
    const token = await signToken(rsa, CLAIMS);
    const one = verifier();
    for (let end = 0; end < token.length; end += 7) {
      expect(await one.verify(token.slice(0, end))).toHaveProperty('kind', 'refused');
    }
  });

  it('is refused in three megabytes before anything else is done', async () => {
    const one = verifier();
    const times = [];
    for (let i = 0; i < 20; i++) {
      const token = 'a'.repeat(3_000_000);
      const start = performance.now();
      expect(await one.verify(token)).toEqual(
        refusedBy('assertion-malformed', '3000000 characters > 16384'),
      );
      times.push(performance.now() - start);
    }
    // The least of them: a busy machine makes single ones longer.
    expect(Math.min(...times)).toBeLessThan(100);
  });

  it('follows no key and no address that it brings along', async () => {
    const header = {
      jwk: forger.jwk,
      jku: 'https://evil.example/jwks',
      x5u: 'https://evil.example/x5u',
      x5c: ['MIIB'],
    };
    const world = makeWorld();
    world.answer(JWKS, keySet(rsa.jwk));
    const one = makeVerifier(genericAssertion(PROVIDER), { log: false }, world);
    expect(await one.verify(await signToken(forger, CLAIMS, header))).toEqual(
      refusedBy('assertion-signature'),
    );
    expect(world.fetched).toEqual([JWKS]);
  });
});

it('is nobody’s who learns from the first token: one of a stranger changes nothing for the next', async () => {
  const one = verifier();
  const foreign = await signToken(forger, { ...CLAIMS, iss: 'https://evil.example', aud: 'evil' });
  expect(await one.verify(foreign)).toEqual(refusedBy('assertion-signature'));
  expect(await one.verify(await signToken(rsa, CLAIMS))).toEqual(proven({ user: 'alice' }));
});
