import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { genericAssertion } from '../src/providers/generic-assertion.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import { makeSigner, NOW, type Signer, signToken } from './tokens.js';
import { keySet, makeWorld } from './world.js';

const JWKS = 'https://sso.example.com/jwks.json';
let signer: Signer;

beforeAll(async () => {
  signer = await makeSigner('ES256', 'one');
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** A verifier, and how often it asked who a token's user is: once for each verification. */
function start(remember?: number) {
  const world = makeWorld();
  world.answer(JWKS, keySet(signer.jwk));
  let verified = 0;
  const provider = genericAssertion({
    header: 'X-Jwt',
    issuer: 'sso',
    audience: 'app',
    algorithms: ['ES256'],
    jwks: JWKS,
    user: ({ sub }) => {
      verified++;
      return typeof sub === 'string' ? sub : undefined;
    },
  });
  const options = { log: false, ...(remember !== undefined && { remember }) } as const;
  return { world, verify: makeVerifier(provider, options, world).verify, verified: () => verified };
}

function token(sub: string, seconds = 300): Promise<string> {
  return signToken(signer, { iss: 'sso', aud: 'app', sub, exp: NOW + seconds });
}

describe('a token that was verified', () => {
  it('is not verified again, until it expires', async () => {
    const { world, verify, verified } = start();
    const alice = await token('alice');
    for (let i = 0; i < 10; i++) expect(await verify(alice)).toHaveProperty('kind', 'proven');
    expect(verified()).toBe(1);
    world.pass(329);
    expect(await verify(alice)).toHaveProperty('kind', 'proven');
    expect(verified()).toBe(1);
    world.pass(1);
    expect(await verify(alice)).toEqual({
      kind: 'refused',
      reason: 'assertion-expired',
      detail: 'it expired 30 s ago',
    });
  });

  it('is verified once for all who ask at the same time', async () => {
    const { verify, verified } = start();
    const alice = await token('alice');
    await Promise.all(Array.from({ length: 50 }, () => verify(alice)));
    expect(verified()).toBe(1);
  });

  it('is forgotten for the latest ones, and never mistaken for another', async () => {
    const { verify, verified } = start(2);
    const tokens = await Promise.all(['alice', 'bob', 'carol'].map((sub) => token(sub)));
    const [alice = '', bob = '', carol = ''] = tokens;
    await verify(alice);
    await verify(bob);
    await verify(alice);
    await verify(carol);
    expect(verified()).toBe(3);
    expect(await verify(alice)).toHaveProperty('identity.user', 'alice');
    expect(await verify(carol)).toHaveProperty('identity.user', 'carol');
    expect(verified()).toBe(3);
    expect(await verify(bob)).toHaveProperty('identity.user', 'bob');
    expect(verified()).toBe(4);
  });

  it('is not remembered where the options say so', async () => {
    const { verify, verified } = start(0);
    const alice = await token('alice');
    await verify(alice);
    await verify(alice);
    expect(verified()).toBe(2);
  });
});

it('a token that was refused pushes none out', async () => {
  const { verify, verified } = start(2);
  const alice = await token('alice');
  await verify(alice);
  for (let i = 0; i < 20; i++) await verify(await token(`forged${i}`, -100));
  await verify(alice);
  expect(verified()).toBe(1);
});
