import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { exportSPKI } from 'jose';
import { encode, makeSigner, type Signer, signRaw, signToken } from './tokens.js';
import { ALB, albVerifiers, cloudflareVerifiers, type Subject, TAG, TEAM } from './verifiers.js';

const FILE = new URL('../matrix.md', import.meta.url);
const KID = '00000000-1111-2222-3333-444444444444';

/** What a token is, and the token; `good` ones are accepted by all. */
type Row = readonly [what: string, token: string];

it('is as matrix.md has it: our verdict beside those of others on the same tokens', async () => {
  const text = [
    '# The same tokens, four verifiers',
    '',
    'Printed by `test/matrix.test.ts`, which fails where this page says something else. Each verifier is set up with issuer, audience and',
    'keys as its documentation shows. Versions: @hono/cloudflare-access 0.4.0, aws-jwt-verify 5.2.1, jose 6.2.18.',
    '',
    '## Cloudflare Access',
    '',
    ...(await cloudflareTable()),
    '',
    '## AWS Application Load Balancer',
    '',
    ...(await albTable()),
    '',
    '## How often keys are fetched',
    '',
    ...(await fetchTable()),
    '',
  ].join('\n');
  if (process.env['WRITE_MATRIX']) writeFileSync(FILE, text);
  expect(text).toBe(readFileSync(FILE, 'utf8'));
}, 60_000);

async function cloudflareTable(): Promise<readonly string[]> {
  const signer = await makeSigner('RS256', 'one');
  const rows = await cloudflareRows(signer);
  return table(rows, cloudflareVerifiers({ keys: [signer.jwk] }));
}

async function cloudflareRows(signer: Signer): Promise<readonly Row[]> {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: TEAM,
    aud: [TAG],
    email: 'alice@example.com',
    sub: '7335d417-61da-459d-899c-0a01c76a2f94',
    type: 'app',
    iat: now - 10,
    nbf: now - 10,
    exp: now + 300,
  };
  const forger = await makeSigner('RS256', 'one');
  const sign = (change: object, header: object = {}, by = signer) =>
    signToken(by, { ...claims, ...change }, header);
  const good = await sign({});
  const [header = '', payload = '', signature = ''] = good.split('.');
  const raw = (json: string) =>
    signRaw(signer, encode('{"alg":"RS256","kid":"one"}'), encode(json));
  const unsigned = (alg: string) => `${encode(`{"alg":"${alg}","kid":"one"}`)}.${payload}.`;
  return [
    ['good', good],
    ['good, 20 s after its end', await sign({ exp: now - 20 })],
    ['forged: another key, the same kid', await sign({}, {}, forger)],
    [
      'forged: another key, and brings it along (`jwk`)',
      await sign({}, { jwk: forger.jwk }, forger),
    ],
    [
      'changed payload',
      `${header}.${encode(JSON.stringify({ ...claims, email: 'admin@example.com' }))}.${signature}`,
    ],
    ['`alg: none`', unsigned('none')],
    ['`alg: HS256` with the public key', await hmac(signer, claims)],
    ['another team', await sign({ iss: 'https://evil.cloudflareaccess.com' })],
    ['issuer with a slash at its end', await sign({ iss: `${TEAM}/` })],
    ['another application', await sign({ aud: [TAG.replace('3', '4')] })],
    ['audience that contains ours', await sign({ aud: `x${TAG}x` })],
    ['no audience', await sign({ aud: undefined })],
    ['expired for an hour', await sign({ exp: now - 3_600 })],
    ['no `exp`', await sign({ exp: undefined })],
    ['`exp` as text', await sign({ exp: `${now + 300}` })],
    ['good for ten years', await sign({ exp: now + 315_360_000 })],
    ['`nbf` in an hour', await sign({ nbf: now + 3_600 })],
    ['`nbf` as text', await sign({ nbf: 'tomorrow' })],
    ['issued in an hour', await sign({ iat: now + 3_600 })],
    [
      'unknown `crit`',
      await signRaw(signer, encode('{"alg":"RS256","kid":"one","crit":["x"],"x":1}'), payload),
    ],
    ['good, without a kid', await sign({}, { kid: undefined })],
    ['unknown kid', await sign({}, { kid: 'two' })],
    ['service token', await sign({ sub: '', email: undefined, common_name: 'e367.access' })],
    [
      'two `email` members',
      await raw(JSON.stringify(claims).replace('{', '{"email":"admin@example.com",')),
    ],
    ['padding at its end', `${good}==`],
    [
      'another spelling of the last character',
      good.slice(0, -1) + nextCharacter(good.at(-1) ?? ''),
    ],
    ['cut off', good.slice(0, -1)],
    ['an opaque token', 'ya29.a0AfH6SMBx'],
  ];
}

async function albTable(): Promise<readonly string[]> {
  const signer = await makeSigner('ES256', KID);
  const now = Math.floor(Date.now() / 1000);
  const good = {
    alg: 'ES256',
    kid: KID,
    typ: 'JWT',
    iss: 'idp',
    client: 'client',
    signer: ALB,
    exp: now + 120,
  };
  const claims = { sub: 'alice', exp: now + 120, iss: 'idp' };
  const sign = async (header: object, payload: object = claims, by = signer) =>
    `${await signRaw(by, padded({ ...good, ...header }), padded(payload))}==`;
  const plain = await sign({});
  const rows: readonly Row[] = [
    ['good, with its padding', plain],
    ['the padding taken off', plain.replaceAll('=', '')],
    ['forged: another key, the same kid', await sign({}, claims, await makeSigner('ES256', KID))],
    ['another load balancer of the region', await sign({ signer: ALB.replace('web', 'evil') })],
    ['no signer', await sign({ signer: undefined })],
    ['another client', await sign({ client: 'other' })],
    ['another issuer', await sign({ iss: 'evil' }, { ...claims, iss: 'evil' })],
    [
      'expired by its header, no `exp` in the payload',
      await sign({ exp: now - 3_600 }, { sub: 'alice', iss: 'idp' }),
    ],
    ['expired by its payload', await sign({}, { ...claims, exp: now - 3_600 })],
    ['no `exp` anywhere', await sign({ exp: undefined }, { sub: 'alice', iss: 'idp' })],
    [
      'good for ten years',
      await sign({ exp: now + 315_360_000 }, { ...claims, exp: now + 315_360_000 }),
    ],
    ['kid that is a path', await sign({ kid: '../../evil' })],
    ['no user', await sign({}, { ...claims, sub: undefined })],
  ];
  return table(rows, albVerifiers(await exportSPKI(signer.publicKey)));
}

/** 50 tokens with a signature that does not hold, each with a key id of its own, within a second. */
async function fetchTable(): Promise<readonly string[]> {
  const [rsa, ec] = await Promise.all([makeSigner('RS256', 'one'), makeSigner('ES256', KID)]);
  const [[, good = ''] = []] = await cloudflareRows(rsa);
  const [, payload, signature] = good.split('.');
  const forged = (header: object) => `${encode(JSON.stringify(header))}.${payload}.${signature}`;
  const rows: string[] = [];
  for (const subject of cloudflareVerifiers({ keys: [rsa.jwk] })) {
    await subject.judge(good);
    const before = subject.fetched();
    for (let i = 0; i < 50; i++) await subject.judge(forged({ alg: 'RS256', kid: `k${i}` }));
    rows.push(`| ${subject.name} | Cloudflare | ${subject.fetched() - before} |`);
  }
  const now = Math.floor(Date.now() / 1000);
  for (const subject of albVerifiers(await exportSPKI(ec.publicKey)).slice(0, 2)) {
    for (let i = 0; i < 50; i++) {
      const kid = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
      const header = {
        alg: 'ES256',
        kid,
        iss: 'idp',
        client: 'client',
        signer: ALB,
        exp: now + 120,
      };
      await subject.judge(await signRaw(await wrongKey, padded(header), padded({ sub: 'alice' })));
    }
    rows.push(`| ${subject.name} | load balancer | ${subject.fetched()} |`);
  }
  return [
    'Fifty forged tokens, each with a key id of its own, after one good token (Cloudflare), or after none (load balancer).',
    '',
    '| | tokens | fetches |',
    '| --- | --- | --- |',
    ...rows,
  ];
}

const wrongKey = makeSigner('ES256', KID);

async function table(
  rows: readonly Row[],
  subjects: readonly Subject[],
): Promise<readonly string[]> {
  const lines = [
    `| | ${subjects.map(({ name }) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(subjects.length)}`,
  ];
  for (const [what, token] of rows) {
    const verdicts: string[] = [];
    for (const subject of subjects) verdicts.push(await subject.judge(token));
    const shown = verdicts.map((verdict) =>
      verdict === 'accepted' && !what.startsWith('good,') && what !== 'good'
        ? '**accepted**'
        : verdict,
    );
    lines.push(`| ${what} | ${shown.join(' | ')} |`);
  }
  return lines;
}

function padded(value: object): string {
  return Buffer.from(JSON.stringify(value))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** The last character of a signature of 256 bytes holds four bits that nobody reads. */
function nextCharacter(last: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(last) + 1] ?? '';
}

async function hmac({ jwk }: Signer, claims: object): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(jwk));
  const key = await crypto.subtle.importKey(
    'raw',
    secret,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const input = `${encode('{"alg":"HS256","kid":"one"}')}.${encode(JSON.stringify(claims))}`;
  return `${input}.${encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input))))}`;
}
