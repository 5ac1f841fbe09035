import { beforeAll, describe, expect, it } from '@jest/globals';
import type { KeyEvent } from '../src/keys/key-event.js';
import { genericAssertion } from '../src/providers/generic-assertion.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import type { Verifier } from '../src/verifier/verifier.js';
import type { VerifierOptions } from '../src/verifier/verifier-options.js';
import { makeSigner, NOW, type Signer, signToken } from './tokens.js';
import { type Answer, keySet, makeWorld, type World } from './world.js';

const JWKS = 'https://sso.example.com/jwks.json';
const PROVIDER = genericAssertion({
  header: 'X-Jwt',
  issuer: 'https://sso.example.com',
  audience: 'app',
  algorithms: ['RS256', 'ES256'],
  jwks: JWKS,
  user: 'sub',
});
const ALICE = { kind: 'proven', identity: { user: 'alice' }, replaces: false };
const down: Answer = () => new Response('secret text', { status: 500 });
const hanging: Answer = () => new Promise(() => undefined);

let old: Signer;
let next: Signer;

beforeAll(async () => {
  [old, next] = await Promise.all([makeSigner('ES256', 'old'), makeSigner('ES256', 'new')]);
});

let serial = 0;

/** A token of alice's; each is another text, so that none is remembered. */
function aliceBy(signer: Signer, header: object = {}): Promise<string> {
  serial++;
  const claims = {
    iss: 'https://sso.example.com',
    aud: 'app',
    sub: 'alice',
    exp: NOW + 86_400,
    jti: `${serial}`,
  };
  return signToken(signer, claims, header);
}

function start(answer: Answer, options: VerifierOptions = {}): { world: World; one: Verifier } {
  const world = makeWorld();
  world.answer(JWKS, answer);
  return { world, one: makeVerifier(PROVIDER, { log: false, ...options }, world) };
}

const unavailable = (problem: string) => ({
  kind: 'refused',
  reason: 'assertion-unavailable',
  detail: `no keys from ${JWKS}: ${problem}`,
});
const unknown = (kid: string) => ({
  kind: 'refused',
  reason: 'assertion-key-unknown',
  detail: `kid ${kid} is not at ${JWKS}`,
});

describe('keys', () => {
  it('are fetched at the start, once for all who wait', async () => {
    const { world, one } = start(keySet(old.jwk));
    expect(world.fetched).toEqual([JWKS]);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => aliceBy(old)));
    const verdicts = await Promise.all(tokens.map(one.verify));
    expect(verdicts).toEqual(Array(50).fill(ALICE));
    expect(await one.ready()).toBe(true);
    expect(world.fetched).toEqual([JWKS]);
  });

  it('that are new are fetched when a token names one', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    world.answer(JWKS, keySet(old.jwk, next.jwk));
    world.pass(30);
    expect(await one.verify(await aliceBy(next))).toEqual(ALICE);
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
    expect(world.fetched).toHaveLength(2);
  });

  it.each([
    ['without an id', undefined],
    ['of the same id', 'old'],
  ])('that are new, %s, are fetched when a token is of none that is known', async (_, kid) => {
    const [first, second] = await Promise.all([makeSigner('ES256', kid), makeSigner('ES256', kid)]);
    const { world, one } = start(keySet(first.jwk));
    await one.ready();
    world.pass(30);
    const refused = { kind: 'refused', reason: 'assertion-signature' };
    expect(await one.verify(await aliceBy(second))).toEqual(refused);
    expect(world.fetched).toHaveLength(2);
    world.answer(JWKS, keySet(second.jwk));
    world.pass(29);
    expect(await one.verify(await aliceBy(second))).toEqual(refused);
    expect(world.fetched).toHaveLength(2);
    world.pass(1);
    const token = await aliceBy(second);
    expect(await one.verify(token)).toEqual(ALICE);
    expect(await one.verify(token)).toEqual(ALICE);
    expect(world.fetched).toHaveLength(3);
    expect(await one.verify(await aliceBy(first))).toEqual(refused);
  });

  it('that are withdrawn verify nothing after ten minutes, also not what was verified before', async () => {
    const { world, one } = start(keySet(old.jwk, next.jwk));
    const token = await aliceBy(old);
    expect(await one.verify(token)).toEqual(ALICE);
    world.answer(JWKS, keySet(next.jwk));
    world.pass(599);
    expect(await one.verify(token)).toEqual(ALICE);
    world.pass(2);
    // This one has them fetched beside it.
    expect(await one.verify(token)).toEqual(ALICE);
    await one.ready();
    expect(await one.verify(token)).toEqual(unknown('old'));
    expect(await one.verify(await aliceBy(next))).toEqual(ALICE);
  });

  it('that were withdrawn in a long quiet time verify not even one token', async () => {
    const { world, one } = start(keySet(old.jwk));
    const token = await aliceBy(old);
    expect(await one.verify(token)).toEqual(ALICE);
    world.answer(JWKS, keySet(next.jwk));
    world.pass(3_600);
    expect(await one.verify(token)).toEqual(unknown('old'));
  });

  it('are fresh for as long as the answer says, between a minute and an hour', async () => {
    for (const [header, seconds] of [
      ['max-age=120', 120],
      ['public, max-age=5', 60],
      ['max-age=999999, must-revalidate', 3_600],
      ['s-max-age=7', 600],
      ['no-store', 600],
    ] as const) {
      const { world, one } = start(() =>
        Response.json({ keys: [old.jwk] }, { headers: { 'cache-control': header } }),
      );
      await one.ready();
      world.pass(seconds);
      await one.verify(await aliceBy(old));
      expect(world.fetched).toHaveLength(1);
      world.pass(1);
      await one.verify(await aliceBy(old));
      expect(world.fetched).toHaveLength(2);
    }
  });

  it('of one id may be several, and those without an id are tried in turn', async () => {
    const twin = await makeSigner('ES256', 'old');
    const { one } = start(keySet(twin.jwk, old.jwk));
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);

    const { kid: _, ...bare } = old.jwk;
    const { one: teleport } = start(keySet({ ...twin.jwk, kid: undefined }, bare));
    expect(await teleport.verify(await aliceBy(old, { kid: undefined }))).toEqual(ALICE);
    expect(await teleport.verify(await aliceBy(old))).toEqual(unknown('old'));
  });

  it('are tried eight at most, since each try costs as much as a login', async () => {
    const many = Array.from({ length: 20 }, () => ({ ...next.jwk, kid: undefined }));
    const { one } = start(keySet(...many, { ...old.jwk, kid: undefined }));
    expect(await one.verify(await aliceBy(old, { kid: undefined }))).toEqual({
      kind: 'refused',
      reason: 'assertion-signature',
    });
  });

  it('for encryption, for another algorithm or for another curve are no keys', async () => {
    for (const change of [{ use: 'enc' }, { alg: 'ES384' }, { key_ops: ['encrypt'] }]) {
      const { one } = start(keySet({ ...old.jwk, ...change }));
      expect(await one.verify(await aliceBy(old))).toEqual(unknown('old'));
    }
  });
});

describe('a key set that is refused', () => {
  it.each([
    ['an empty one', '{}', 'an empty key set'],
    ['no keys', '{"keys":[]}', 'an empty key set'],
    ['a page', '<html>', 'no JSON object, and so no key set'],
    ['a list', '[]', 'no JSON object, and so no key set'],
    ['keys that are none', '{"keys":[1]}', 'its keys are no list'],
    [
      'a private key',
      '{"keys":[{"kty":"EC","d":"x"}]}',
      'a private or symmetric key is in it, and has to be replaced',
    ],
    [
      'a secret',
      '{"keys":[{"kty":"oct","k":"x"}]}',
      'a private or symmetric key is in it, and has to be replaced',
    ],
    ['too many', `{"keys":[${Array(101).fill('{"kty":"EC"}').join()}]}`, '101 keys > 100'],
    [
      'a short RSA key',
      `{"keys":[{"kty":"RSA","e":"AQAB","n":"${'_'.repeat(341)}"}]}`,
      'no key but RSA below 2048 bits or above 8192',
    ],
    [
      'a long RSA key',
      `{"keys":[{"kty":"RSA","e":"AQAB","n":"${'_'.repeat(1_368)}"}]}`,
      'no key but RSA below 2048 bits or above 8192',
    ],
    [
      'deeper than anybody can write it out again',
      `{"keys":[{"kty":"EC","x":${'['.repeat(30_000)}${']'.repeat(30_000)}}]}`,
      'its keys cannot be read',
    ],
    [
      'of a kind that is no text',
      '{"keys":[{"kty":{"toString":1,"valueOf":1}}]}',
      'its keys cannot be read',
    ],
  ])('is %s', async (_, text, problem) => {
    const { one } = start(() => new Response(text));
    expect(await one.ready()).toBe(false);
    expect(await one.verify(await aliceBy(old))).toEqual(unavailable(problem));
  });

  it('costs nothing of what was there', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    world.answer(JWKS, () => new Response('{}'));
    world.pass(700);
    await one.verify(await aliceBy(old));
    await one.ready();
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
  });
});

describe('an endpoint that fails', () => {
  it.each([
    ['says 500', down, 'status 500'],
    [
      'redirects',
      () => new Response('', { status: 302, headers: { location: 'https://evil.example' } }),
      'it redirects (302); write the address that it redirects to',
    ],
    ['says 204', () => new Response(null, { status: 204 }), 'status 204'],
    ['is too large', () => new Response(' '.repeat(65_537)), 'more than 65536 bytes'],
    [
      'refuses connections',
      () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })),
      'ECONNREFUSED',
    ],
    [
      'fails with a text',
      () => Promise.reject(new TypeError('secret\ntext')),
      'it cannot be reached',
    ],
  ] as const)('that %s gives 503, and is asked once', async (_, answer, problem) => {
    const { world, one } = start(answer);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => aliceBy(old)));
    for (const token of tokens) expect(await one.verify(token)).toEqual(unavailable(problem));
    expect(world.fetched).toHaveLength(1);
    expect(await one.ready()).toBe(false);
  });

  it('is asked again after 30 s, and from the second failure on after 60 s', async () => {
    const { world, one } = start(down);
    const asked: number[] = [];
    await one.ready();
    for (let second = 1; second <= 200; second++) {
      world.pass(1);
      const before = world.fetched.length;
      await one.verify(await aliceBy(old));
      if (world.fetched.length > before) asked.push(second);
    }
    expect(asked).toEqual([30, 90, 150]);
    world.answer(JWKS, keySet(old.jwk));
    world.pass(10);
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
  });

  it('costs nobody whose key is known, for a day, and then everybody', async () => {
    const { world, one } = start(keySet(old.jwk));
    const before = await aliceBy(old);
    expect(await one.verify(before)).toEqual(ALICE);
    world.answer(JWKS, down);
    world.pass(86_000);
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
    expect(await one.verify(before)).toEqual(ALICE);
    world.pass(401);
    expect(await one.verify(await aliceBy(old))).toEqual(unavailable('status 500'));
    expect(await one.verify(before)).toEqual(unavailable('status 500'));
  });

  it.each([
    [0, 600],
    [5, 600],
    [700, 700],
  ])(
    'costs everybody sooner where the options say %i s, but nobody whose key is fresh',
    async (maxStaleSeconds, last) => {
      const { world, one } = start(
        // An exchange takes some time.
        async () => {
          await null;
          world.pass(1);
          return keySet(old.jwk)();
        },
        { maxStaleSeconds },
      );
      expect(await one.ready()).toBe(true);
      world.answer(JWKS, down);
      world.pass(last - 1);
      expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
      world.pass(61);
      expect(await one.verify(await aliceBy(old))).toEqual(unavailable('status 500'));
    },
  );

  it('makes an unknown key a matter of 503: it may be a new one', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    world.answer(JWKS, down);
    world.pass(31);
    expect(await one.verify(await aliceBy(next))).toEqual({
      kind: 'refused',
      reason: 'assertion-unavailable',
      detail: `kid new is not known, and ${JWKS}: status 500`,
    });
  });

  it('is waited for once after a long quiet time, and then by nobody', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    world.answer(JWKS, hanging);
    world.pass(3_600);
    expect(await timed(one.verify, await aliceBy(old))).toBeGreaterThan(900);
    world.pass(61);
    expect(await timed(one.verify, await aliceBy(old))).toBeLessThan(900);
    expect(world.fetched).toHaveLength(3);
  });

  it('is forgotten once it answers: an unknown key is one then', async () => {
    const { world, one } = start(down);
    await one.ready();
    world.answer(JWKS, keySet(old.jwk));
    world.pass(31);
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
    expect(await one.verify(await aliceBy(next))).toEqual(unknown('new'));
  });

  it('is told to the operator, without a word of what it said', async () => {
    const lines: string[] = [];
    const events: KeyEvent[] = [];
    const log = (line: string) => {
      lines.push(line);
    };
    const onKeys = (event: KeyEvent) => {
      events.push(event);
      throw new Error('an observer');
    };
    const { world, one } = start(down, { log, onKeys });
    await one.ready();
    world.answer(JWKS, keySet(old.jwk));
    world.pass(30);
    await one.ready();
    world.answer(JWKS, keySet(next.jwk));
    world.pass(601);
    await one.verify(await aliceBy(next));
    expect(lines).toEqual([
      `trusted-header: assertion: no keys from ${JWKS}: status 500; assertions are refused with 503 until it answers`,
      `trusted-header: assertion: 1 key at ${JWKS} (1 new, 0 gone)`,
      `trusted-header: assertion: 1 key at ${JWKS} (1 new, 1 gone)`,
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['failed', 'changed', 'changed']);
  });
});

/** How many milliseconds alice waited. */
async function timed(verify: Verifier['verify'], token: string): Promise<number> {
  const start = performance.now();
  expect(await verify(token)).toEqual(ALICE);
  return performance.now() - start;
}

describe('a flood', () => {
  it('of 10 000 key ids in five minutes has one fetch in 30 s, and known users go on', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    const forged = await aliceBy(next);
    const [, payload, signature] = forged.split('.');
    let wrong = 0;
    for (let i = 0; i < 10_000; i++) {
      const header = Buffer.from(`{"alg":"ES256","kid":"k${i}"}`).toString('base64url');
      const verdict = await one.verify(`${header}.${payload}.${signature}`);
      if (verdict.kind !== 'refused' || verdict.reason !== 'assertion-key-unknown') wrong++;
      if (i % 100 === 0) world.pass(3);
    }
    expect(wrong).toBe(0);
    expect(world.fetched).toHaveLength(11);
    expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
    world.answer(JWKS, keySet(old.jwk, next.jwk));
    world.pass(30);
    expect(await one.verify(forged)).toEqual(ALICE);
  });

  it('of them all at once too', async () => {
    const { world, one } = start(keySet(old.jwk));
    await one.ready();
    world.pass(31);
    const [, payload, signature] = (await aliceBy(next)).split('.');
    const header = (i: number) => Buffer.from(`{"alg":"ES256","kid":"${i}"}`).toString('base64url');
    await Promise.all(
      Array.from({ length: 10_000 }, (_, i) => one.verify(`${header(i)}.${payload}.${signature}`)),
    );
    expect(world.fetched).toHaveLength(2);
  });
});

it('an endpoint that hangs has one exchange waiting, and known users do not wait for it', async () => {
  const { world, one } = start(keySet(old.jwk));
  await one.ready();
  world.answer(JWKS, hanging);
  world.pass(40);
  const strangers = await Promise.all(Array.from({ length: 100 }, () => aliceBy(next)));
  const start_ = performance.now();
  const waiting = Promise.all(strangers.map(one.verify));
  expect(await one.verify(await aliceBy(old))).toEqual(ALICE);
  expect(performance.now() - start_).toBeLessThan(900);
  const verdicts = await waiting;
  const took = performance.now() - start_;
  expect(new Set(verdicts.map((one) => (one.kind === 'refused' ? one.reason : one.kind)))).toEqual(
    new Set(['assertion-unavailable']),
  );
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(5_000);
  expect(world.fetched).toHaveLength(2);
});
