import { beforeAll, describe, expect, it } from '@jest/globals';
import { createAuthenticator, type ProfileOption } from '@trusted-header/core';
import { exportSPKI } from 'jose';
import {
  type AssertionProvider,
  authentik,
  awsAlb,
  azure,
  cloudflareAccess,
  googleIap,
  oauth2Proxy,
  pomerium,
} from '../src/index.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import { withAssertion } from '../src/with-assertion.js';
import { makeSigner, NOW, type Signer, signToken } from './tokens.js';
import { makeWorld } from './world.js';

const PROXY = '172.20.0.2';
const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228';
const TENANT = '11111111-2222-3333-4444-555555555555';
const KID = '00000000-1111-2222-3333-444444444444';
const ALB = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/a/b';
const JWKS = 'https://sso.example.com/jwks';
const TIMES = { iat: NOW, exp: NOW + 300 };

interface Row {
  readonly profile: ProfileOption;
  readonly provider: AssertionProvider;
  readonly alg: 'rs' | 'es';
  /** The user's header, as the product sends it, and what the user is. */
  readonly header: readonly [name: string, value: string];
  readonly user: string;
  readonly claims: object;
  readonly metadata?: object;
}

const ROWS: readonly Row[] = [
  {
    profile: 'authentik',
    provider: authentik({ issuer: 'https://a/', audience: 'x', keys: { jwks: JWKS } }),
    alg: 'rs',
    header: ['X-authentik-username', 'alice'],
    user: 'alice',
    claims: { iss: 'https://a/', aud: 'x', preferred_username: 'alice', ...TIMES },
  },
  {
    profile: 'cloudflare-access',
    provider: cloudflareAccess({ team: 'example', audience: TAG }),
    alg: 'rs',
    header: ['Cf-Access-Authenticated-User-Email', 'alice@example.com'],
    user: 'alice@example.com',
    claims: {
      iss: 'https://example.cloudflareaccess.com',
      aud: [TAG],
      sub: 'u',
      email: 'alice@example.com',
      ...TIMES,
    },
  },
  {
    profile: 'google-iap',
    provider: googleIap({ audience: '/projects/1/apps/x' }),
    alg: 'es',
    header: ['X-Goog-Authenticated-User-Email', 'accounts.google.com:alice@example.com'],
    user: 'alice@example.com',
    claims: {
      iss: 'https://cloud.google.com/iap',
      aud: '/projects/1/apps/x',
      email: 'alice@example.com',
      ...TIMES,
    },
  },
  {
    profile: 'aws-alb',
    provider: awsAlb({ region: 'eu-central-1', signer: ALB }),
    alg: 'es',
    header: ['X-Amzn-Oidc-Identity', 'alice'],
    user: 'alice',
    claims: { sub: 'alice' },
    metadata: { kid: KID, signer: ALB, exp: NOW + 120 },
  },
  {
    profile: 'azure-easy-auth',
    provider: azure({ tenant: TENANT, audience: 'x' }),
    alg: 'rs',
    header: ['X-MS-CLIENT-PRINCIPAL-NAME', 'alice@example.com'],
    user: 'alice@example.com',
    claims: {
      iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
      aud: 'x',
      preferred_username: 'alice@example.com',
      ...TIMES,
    },
  },
  {
    profile: 'pomerium',
    provider: pomerium({ host: 'app.example.com' }),
    alg: 'es',
    header: ['X-Pomerium-Claim-User', '1186'],
    user: '1186',
    claims: { iss: 'app.example.com', aud: 'app.example.com', user: '1186', ...TIMES },
  },
  {
    profile: 'oauth2-proxy',
    provider: oauth2Proxy({ issuer: 'https://i', audience: 'x', jwks: JWKS }),
    alg: 'rs',
    header: ['X-Forwarded-User', 'CgVhbGljZQ'],
    user: 'CgVhbGljZQ',
    claims: { iss: 'https://i', aud: 'x', sub: 'CgVhbGljZQ', ...TIMES },
  },
];

let signers: Readonly<Record<Row['alg'], Signer>>;
let pem: string;

beforeAll(async () => {
  const [rs, es] = await Promise.all([makeSigner('RS256', 'one'), makeSigner('ES256', 'one')]);
  signers = { rs, es };
  pem = await exportSPKI(es.publicKey);
});

async function start({ profile, provider, alg, claims, metadata }: Row) {
  const { keys } = provider;
  const world = makeWorld();
  const url = keys.kind === 'secret' ? '' : keys.kind === 'jwks' ? keys.url : `${keys.url}/${KID}`;
  world.answer(url, () =>
    keys.kind === 'jwks' ? Response.json({ keys: [signers[alg].jwk] }) : new Response(pem),
  );
  const inner = createAuthenticator({ trustedProxies: PROXY, profile, log: false });
  const authenticator = withAssertion(inner, makeVerifier(provider, { log: false }, world));
  const token = await signToken(signers[alg], claims, metadata);
  return { authenticator, token };
}

describe.each(ROWS.map((row) => [String(row.profile), row] as const))(
  'behind %s, its token',
  (_, row) => {
    const [name, value] = row.header;

    it('names the same user as its header does', async () => {
      const { authenticator, token } = await start(row);
      const headers = [name, value, row.provider.header, token];
      const { authenticate, isIdentityHeader } = authenticator;
      expect(await authenticate({ peer: PROXY, rawHeaders: headers })).toMatchObject({
        kind: 'authenticated',
        identity: { user: row.user },
      });
      expect(isIdentityHeader(row.provider.header)).toBe(true);
    });

    it('is asked for: the header alone is anybody’s', async () => {
      const { authenticator } = await start(row);
      const rawHeaders = [name, value];
      expect(await authenticator.authenticate({ peer: PROXY, rawHeaders })).toMatchObject({
        kind: 'refused',
        reason: 'assertion-missing',
      });
    });
  },
);

it('a provider that sends the bare token is not believed with Bearer before it', async () => {
  const iap = ROWS.find(({ profile }) => profile === 'google-iap');
  if (!iap) throw new Error('there is no such row');
  const { authenticator, token } = await start(iap);
  const rawHeaders = [iap.provider.header, `Bearer ${token}`];
  expect(await authenticator.authenticate({ peer: PROXY, rawHeaders })).toMatchObject({
    reason: 'assertion-malformed',
  });
});
