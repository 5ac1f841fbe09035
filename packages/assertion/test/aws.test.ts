import { beforeAll, describe, expect, it } from '@jest/globals';
import { exportSPKI } from 'jose';
import { awsAlb } from '../src/providers/aws-alb.js';
import { awsVerifiedAccess } from '../src/providers/aws-verified-access.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import type { VerifierOptions } from '../src/verifier/verifier-options.js';
import { makeSigner, NOW, type Signer, signRaw } from './tokens.js';
import { makeWorld, type World } from './world.js';

const ARN =
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';
const KID = '00000000-1111-2222-3333-444444444444';
const KEYS = 'https://public-keys.auth.elb.eu-central-1.amazonaws.com';
const HEADER = {
  typ: 'JWT',
  kid: KID,
  alg: 'ES256',
  iss: 'https://idp.example.com',
  client: 'client',
  signer: ARN,
  exp: NOW + 120,
};
const CLAIMS = { sub: 'alice', email: 'alice@example.com', username: 'x' };
const ALICE = {
  kind: 'proven',
  identity: { user: 'alice', email: 'alice@example.com' },
  replaces: false,
};

let alb: Signer;
let pem: string;

beforeAll(async () => {
  alb = await makeSigner('ES256', KID);
  pem = await exportSPKI(alb.publicKey);
});

/** As a load balancer writes it: with padding, which it signs. */
function padded(value: object): string {
  return Buffer.from(JSON.stringify(value))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

async function albToken(
  header: object = {},
  claims: object = CLAIMS,
  signer = alb,
): Promise<string> {
  const token = await signRaw(
    signer,
    padded(JSON.parse(JSON.stringify({ ...HEADER, ...header }))),
    padded(claims),
  );
  return `${token}==`;
}

function start(
  options: { issuer?: string; client?: string } = {},
  verifying: VerifierOptions = {},
) {
  const world = makeWorld();
  world.answer(`${KEYS}/${KID}`, () => new Response(pem));
  const provider = awsAlb({ region: 'eu-central-1', signer: ARN, client: 'client', ...options });
  return { world, one: makeVerifier(provider, { log: false, ...verifying }, world) };
}

const reasonOf = (verdict: object) => ('reason' in verdict ? verdict.reason : 'proven');

describe('a token of a load balancer', () => {
  it('is verified as it came, with its padding', async () => {
    const { one, world } = start();
    const token = await albToken({}, { ...CLAIMS, sub: 'alice' });
    expect(token).toMatch(/=\./);
    expect(await one.verify(token)).toEqual(ALICE);
    expect(world.fetched).toEqual([`${KEYS}/${KID}`]);
    expect(await one.verify(token.replaceAll('=', ''))).toEqual({
      kind: 'refused',
      reason: 'assertion-signature',
    });
  });

  it.each([
    [
      'another signer',
      { signer: ARN.replace('web', 'evil') },
      'assertion-foreign',
      `its signer is not ${ARN}`,
    ],
    ['no signer', { signer: undefined }, 'assertion-foreign', `its signer is not ${ARN}`],
    [
      'a signer that begins so',
      { signer: `${ARN}0` },
      'assertion-foreign',
      `its signer is not ${ARN}`,
    ],
    ['another client', { client: 'other' }, 'assertion-foreign', 'its client is not client'],
    [
      'an end in its header that is over',
      { exp: NOW - 31 },
      'assertion-expired',
      'it expired 31 s ago',
    ],
    ['no end in its header', { exp: undefined }, 'assertion-expired', 'it has no exp'],
    [
      'an end in its header as text',
      { exp: `${NOW}` },
      'assertion-expired',
      'its exp is no number',
    ],
    [
      'an end that is far away',
      { exp: NOW + 700 },
      'assertion-expired',
      'it is good for 700 s > maxLifetimeSeconds 600',
    ],
    [
      'a kid that leads elsewhere',
      { kid: '../../evil' },
      'assertion-key-unknown',
      'kid no plain text is no UUID',
    ],
    [
      'a kid with an address',
      { kid: `${KID}/../x` },
      'assertion-key-unknown',
      `kid no plain text is no UUID`,
    ],
    [
      'a kid with a query',
      { kid: `${KID}?x` },
      'assertion-key-unknown',
      'kid no plain text is no UUID',
    ],
    ['no kid', { kid: undefined }, 'assertion-key-unknown', 'kid none is no UUID'],
  ])('is refused with %s, and no key is fetched for it', async (_, header, reason, detail) => {
    const { one, world } = start();
    const verdict = await one.verify(await albToken(header));
    expect(verdict).toMatchObject({ kind: 'refused', reason });
    if (reason !== 'assertion-key-unknown') expect(verdict).toHaveProperty('detail', detail);
    expect(world.fetched).toEqual([]);
  });

  it('is refused where the payload says that it is over, or not yet begun', async () => {
    const { one } = start();
    expect(await one.verify(await albToken({}, { ...CLAIMS, exp: NOW - 31 }))).toHaveProperty(
      'detail',
      'it expired 31 s ago',
    );
    expect(await one.verify(await albToken({}, { ...CLAIMS, exp: NOW + 60 }))).toHaveProperty(
      'kind',
      'proven',
    );
    expect(await one.verify(await albToken({}, { ...CLAIMS, nbf: NOW + 60 }))).toHaveProperty(
      'reason',
      'assertion-expired',
    );
  });

  it('is remembered until the earlier of its two ends', async () => {
    const { one, world } = start();
    const token = await albToken({}, { ...CLAIMS, exp: NOW + 500 });
    await one.verify(token);
    world.pass(149);
    expect(await one.verify(token)).toHaveProperty('kind', 'proven');
    world.pass(1);
    expect(await one.verify(token)).toHaveProperty('reason', 'assertion-expired');
  });

  it('is of the issuer that is written, where one is', async () => {
    const { one } = start({ issuer: 'https://idp.example.com' });
    expect(await one.verify(await albToken())).toEqual(ALICE);
    expect(await one.verify(await albToken({ iss: 'https://other.example' }))).toHaveProperty(
      'reason',
      'assertion-foreign',
    );
  });

  it('of somebody who says the same, and has another key, is forged', async () => {
    const forger = await makeSigner('ES256', KID);
    const { one } = start();
    expect(await one.verify(await albToken({}, CLAIMS, forger))).toEqual({
      kind: 'refused',
      reason: 'assertion-signature',
    });
  });
});

describe('keys that are fetched one by one', () => {
  const uuid = (i: number) => `00000000-0000-4000-8000-${i.toString(16).padStart(12, '0')}`;

  async function answerWith(world: World, kid: string): Promise<Signer> {
    const signer = await makeSigner('ES256', kid);
    const text = await exportSPKI(signer.publicKey);
    world.answer(`${KEYS}/${kid}`, () => new Response(text));
    return signer;
  }

  it('have one fetch for all who wait for the same one', async () => {
    const { one, world } = start();
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, i) => albToken({}, { sub: `u${i}` })),
    );
    const verdicts = await Promise.all(tokens.map(one.verify));
    expect(verdicts.map(reasonOf)).toEqual(Array(50).fill('proven'));
    expect(world.fetched).toEqual([`${KEYS}/${KID}`]);
  });

  it('of 10 000 ids in five minutes are fetched once in 30 s, and a real new key comes through', async () => {
    const { one, world } = start();
    expect(await one.verify(await albToken())).toEqual(ALICE);
    const nextKid = uuid(999_999);
    const rotated = await answerWith(world, nextKid);
    const good = await albToken({ kid: nextKid, exp: NOW + 600 }, CLAIMS, rotated);
    const forged = await albToken({ exp: NOW + 600 });
    const [, payload, signature] = forged.split('.');
    world.pass(31);

    let knownAfter: number | undefined;
    for (let i = 0; i < 10_000; i++) {
      const header = padded({ ...HEADER, kid: uuid(i), exp: NOW + 600 });
      const verdict = await one.verify(`${header}.${payload}.${signature}`);
      expect(verdict.kind).toBe('refused');
      if (i % 100 !== 0) continue;
      // The application's own users: one in a hundred requests.
      if (reasonOf(await one.verify(good)) === 'proven') knownAfter ??= i;
      world.pass(3);
    }
    expect(world.fetched.length).toBeLessThanOrEqual(12);
    // With the second fetch of the flood: until then nobody had asked twice.
    expect(knownAfter).toBeLessThanOrEqual(1_100);
  });

  it('that nobody has looked for yet are a matter of 503, those that are not there of 403', async () => {
    const { one, world } = start();
    const [first, second] = [await albToken({ kid: uuid(1) }), await albToken({ kid: uuid(2) })];
    expect(await one.verify(first)).toEqual({
      kind: 'refused',
      reason: 'assertion-key-unknown',
      detail: `kid ${uuid(1)} is not at ${KEYS}/`,
    });
    expect(await one.verify(second)).toEqual({
      kind: 'refused',
      reason: 'assertion-unavailable',
      detail: `kid ${uuid(2)} waits to be fetched from ${KEYS}/`,
    });
    world.pass(60);
    expect(reasonOf(await one.verify(first))).toBe('assertion-key-unknown');
    expect(world.fetched).toHaveLength(1);
  });

  it('go on while nobody answers, and end after a day', async () => {
    const { one, world } = start();
    await one.verify(await albToken());
    world.answer(`${KEYS}/${KID}`, () => new Response('', { status: 500 }));
    world.pass(86_000);
    expect(reasonOf(await one.verify(await albToken({ exp: NOW + 86_100 })))).toBe('proven');
    world.pass(500);
    expect(await one.verify(await albToken({ exp: NOW + 86_600 }))).toMatchObject({
      reason: 'assertion-unavailable',
      detail: expect.stringContaining('status 500'),
    });
  });

  it('are used while they are fresh, however short the options say that stale ones are', async () => {
    const { one, world } = start({}, { maxStaleSeconds: 0 });
    // An exchange takes some time.
    world.answer(`${KEYS}/${KID}`, async () => {
      world.pass(1);
      return new Response(pem);
    });
    const token = (exp: number) => albToken({ exp });
    expect(reasonOf(await one.verify(await token(NOW + 60)))).toBe('proven');
    world.answer(`${KEYS}/${KID}`, () => new Response('', { status: 500 }));
    world.pass(3_598);
    expect(reasonOf(await one.verify(await token(NOW + 3_700)))).toBe('proven');
    world.pass(2);
    expect(await one.verify(await token(NOW + 3_701))).toMatchObject({
      reason: 'assertion-unavailable',
      detail: expect.stringContaining('status 500'),
    });
  });

  /** What alice gets some time later, once whatever she has begun is over. */
  async function after({ one, world }: ReturnType<typeof start>, seconds: number) {
    world.pass(seconds);
    const token = await albToken({ exp: world.now() + 60 });
    await one.verify(token);
    await new Promise((resolve) => setImmediate(resolve));
    return reasonOf(await one.verify(token));
  }

  it('that are gone for ten minutes verify nothing, also not what was verified before', async () => {
    const started = start();
    const { one, world } = started;
    await one.verify(await albToken());
    world.answer(`${KEYS}/${KID}`, () => new Response('', { status: 403 }));
    expect(await after(started, 3_601)).toBe('proven');
    expect(await after(started, 590)).toBe('proven');
    expect(await after(started, 61)).toBe('assertion-key-unknown');
    // Nor is it asked for again.
    const { length } = world.fetched;
    expect(await after(started, 61)).toBe('assertion-key-unknown');
    expect(world.fetched).toHaveLength(length);
  });

  it.each([403, 404])('stay while their address says %i for some minutes', async (status) => {
    const started = start();
    const { one, world } = started;
    await one.verify(await albToken());
    const isThere = (is: boolean): void =>
      world.answer(`${KEYS}/${KID}`, () => (is ? new Response(pem) : new Response('', { status })));
    isThere(false);
    expect(await after(started, 3_601)).toBe('proven');
    expect(await after(started, 500)).toBe('proven');
    isThere(true);
    expect(await after(started, 61)).toBe('proven');
    isThere(false);
    // It was there in between.
    expect(await after(started, 3_601)).toBe('proven');
    expect(await after(started, 61)).toBe('proven');
  });

  it('that come back as another key verify nothing that was verified before', async () => {
    const { one, world } = start();
    const token = await albToken({ exp: NOW + 600 });
    await one.verify(token);
    const other = await exportSPKI((await makeSigner('ES256', KID)).publicKey);
    world.answer(`${KEYS}/${KID}`, () => new Response(other));
    world.pass(3_601);
    const later = await albToken({ exp: NOW + 3_700 });
    expect(reasonOf(await one.verify(later))).toBe('proven');
    await new Promise((resolve) => setImmediate(resolve));
    expect(reasonOf(await one.verify(later))).toBe('assertion-signature');
  });

  it('are read as PEM of a public key only', async () => {
    for (const text of ['', 'no key', pem.replace('PUBLIC', 'PRIVATE'), `${pem}`.slice(0, 60)]) {
      const { one, world } = start();
      world.answer(`${KEYS}/${KID}`, () => new Response(text));
      expect(await one.verify(await albToken())).toMatchObject({
        reason: 'assertion-unavailable',
        detail: expect.stringContaining('no public key in PEM'),
      });
    }
  });
});

it.each([
  ['eu-central-1', 'https://public-keys.auth.elb.eu-central-1.amazonaws.com', 'aws'],
  [
    'us-gov-west-1',
    'https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1',
    'aws-us-gov',
  ],
  [
    'us-gov-east-1',
    'https://s3-us-gov-east-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-east-1',
    'aws-us-gov',
  ],
  ['cn-north-1', 'https://public-keys.auth.elb.cn-north-1.amazonaws.com.cn', 'aws-cn'],
])('the keys of %s are at %s', (region, url, partition) => {
  const signer = `arn:${partition}:elasticloadbalancing:${region}:123456789012:loadbalancer/app/a/b`;
  expect(awsAlb({ region, signer }).keys).toEqual({ kind: 'pem-per-key', url });
});

it('a token of Verified Access is by ES384, of one instance, with or without padding', async () => {
  const arn =
    'arn:aws:ec2:eu-central-1:123456789012:verified-access-instance/vai-abc123xzy321a2b3c';
  const url = 'https://public-keys.prod.verified-access.eu-central-1.amazonaws.com';
  const ava = await makeSigner('ES384', KID);
  const world = makeWorld();
  const text = await exportSPKI(ava.publicKey);
  world.answer(`${url}/${KID}`, () => new Response(text));
  const { verify } = makeVerifier(
    awsVerifiedAccess({ region: 'eu-central-1', signer: arn }),
    { log: false },
    world,
  );
  const header = {
    alg: 'ES384',
    kid: KID,
    signer: arn,
    iss: 'https://idp.example.com',
    exp: NOW + 120,
  };
  const claims = {
    sub: 'alice',
    groups: ['Engineering'],
    additional_user_context: { exp: 1, aud: 'x' },
  };
  const alice = {
    kind: 'proven',
    identity: { user: 'alice', groups: ['Engineering'] },
    replaces: false,
  };
  expect(await verify(await signRaw(ava, padded(header), padded(claims)))).toEqual(alice);
  const bare = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  expect(await verify(await signRaw(ava, bare(header), bare(claims)))).toEqual(alice);
  const foreign = { ...header, signer: arn.replace('abc', 'abd') };
  expect(await verify(await signRaw(ava, padded(foreign), padded(claims)))).toHaveProperty(
    'reason',
    'assertion-foreign',
  );
});
