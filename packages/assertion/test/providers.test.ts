import { beforeAll, describe, expect, it } from '@jest/globals';
import { authentik } from '../src/providers/authentik.js';
import { azure } from '../src/providers/azure.js';
import { cloudflareAccess } from '../src/providers/cloudflare-access.js';
import { googleIap } from '../src/providers/google-iap.js';
import { oauth2Proxy } from '../src/providers/oauth2-proxy.js';
import { pomerium } from '../src/providers/pomerium.js';
import type { AssertionProvider } from '../src/providers/provider.js';
import { teleport } from '../src/providers/teleport.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import { makeSigner, NOW, type Signer, signToken } from './tokens.js';
import { keySet, makeWorld } from './world.js';

const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228';
const TENANT = '11111111-2222-3333-4444-555555555555';
const SECRET = 'a client secret of authentik’s, of 128 characters';

let rs: Signer;
let es: Signer;

beforeAll(async () => {
  [rs, es] = await Promise.all([makeSigner('RS256', 'one'), makeSigner('ES256', 'one')]);
});

async function judge(provider: AssertionProvider, jwks: string, signer: Signer, claims: object) {
  const world = makeWorld();
  world.answer(jwks, keySet(signer.jwk));
  const { verify } = makeVerifier(provider, { log: false }, world);
  return verify(await signToken(signer, claims));
}

const proven = (identity: object) => ({ kind: 'proven', identity, replaces: false });
const refusedBy = (reason: string, detail?: string) => ({
  kind: 'refused',
  reason,
  ...(detail !== undefined && { detail }),
});

describe('Cloudflare Access', () => {
  const JWKS = 'https://example.cloudflareaccess.com/cdn-cgi/access/certs';
  const provider = cloudflareAccess({ team: 'example', audience: TAG });
  // As in Cloudflare's documentation.
  const claims = {
    aud: [TAG],
    email: 'user@example.com',
    exp: NOW + 60,
    iat: NOW,
    nbf: NOW,
    iss: 'https://example.cloudflareaccess.com',
    type: 'app',
    identity_nonce: '6ei69kawdKzMIAPF',
    sub: '7335d417-61da-459d-899c-0a01c76a2f94',
    country: 'US',
  };
  const service = {
    ...claims,
    sub: '',
    email: undefined,
    common_name: 'e367826f93b8d71185e03fe518aff3b4.access',
  };

  it('names the user by email', async () => {
    expect(provider.header).toBe('Cf-Access-Jwt-Assertion');
    expect(await judge(provider, JWKS, rs, claims)).toEqual(
      proven({ user: 'user@example.com', email: 'user@example.com' }),
    );
  });

  it('is that of one team and one application', async () => {
    const other = { ...claims, iss: 'https://evil.cloudflareaccess.com' };
    expect(await judge(provider, JWKS, rs, other)).toEqual(
      refusedBy('assertion-foreign', 'its issuer is not https://example.cloudflareaccess.com'),
    );
    expect(await judge(provider, JWKS, rs, { ...claims, aud: [TAG.replace('3', '4')] })).toEqual(
      refusedBy('assertion-foreign', `its audience is not ${TAG}`),
    );
  });

  it('lets no service token in that is not named, also not one with an email', async () => {
    const detail = 'it is a service token, and serviceTokens does not name it';
    const refused = refusedBy('assertion-subject', detail);
    expect(await judge(provider, JWKS, rs, service)).toEqual(refused);
    expect(await judge(provider, JWKS, rs, { ...service, email: 'a@example.com' })).toEqual(
      refused,
    );
    expect(await judge(provider, JWKS, rs, { ...claims, common_name: 'x' })).toEqual(refused);
    expect(await judge(provider, JWKS, rs, { ...claims, sub: undefined })).toEqual(refused);
    expect(await judge(provider, JWKS, rs, { ...claims, sub: '' })).toEqual(refused);
  });

  it('lets in a service token that is named, as the user that is written there', async () => {
    const serviceTokens = { 'e367826f93b8d71185e03fe518aff3b4.access': 'ci' };
    const named = cloudflareAccess({ team: 'example', audience: TAG, serviceTokens });
    expect(await judge(named, JWKS, rs, service)).toEqual(proven({ user: 'ci' }));
    expect(await judge(named, JWKS, rs, { ...service, common_name: '__proto__' })).toHaveProperty(
      'reason',
      'assertion-subject',
    );
    expect(await judge(named, JWKS, rs, claims)).toHaveProperty(
      'identity.user',
      'user@example.com',
    );
    const bySub = cloudflareAccess({ team: 'example', audience: TAG, serviceTokens, user: 'sub' });
    expect(await judge(bySub, JWKS, rs, claims)).toHaveProperty('identity.user', claims.sub);
  });
});

describe('Google IAP', () => {
  const JWKS = 'https://www.gstatic.com/iap/verify/public_key-jwk';
  const provider = googleIap({ audience: '/projects/1234/global/backendServices/5678' });
  const claims = {
    aud: '/projects/1234/global/backendServices/5678',
    email: 'alice@example.com',
    exp: NOW + 600,
    iat: NOW,
    iss: 'https://cloud.google.com/iap',
    sub: 'accounts.google.com:118133858486581853996',
  };

  it('names the user by email, in a token that lives ten minutes', async () => {
    expect(await judge(provider, JWKS, es, claims)).toEqual(
      proven({ user: 'alice@example.com', email: 'alice@example.com' }),
    );
    expect(await judge(provider, JWKS, es, { ...claims, exp: NOW + 660 })).toHaveProperty(
      'kind',
      'proven',
    );
    expect(await judge(provider, JWKS, es, { ...claims, exp: NOW + 661 })).toEqual(
      refusedBy('assertion-expired', 'it is good for 661 s > maxLifetimeSeconds 600'),
    );
  });

  it('is signed by ES256 and nothing else', async () => {
    expect(await judge(provider, JWKS, rs, claims)).toEqual(
      refusedBy('assertion-algorithm', 'alg RS256, and not ES256'),
    );
  });
});

describe('authentik', () => {
  const ISSUER = 'https://auth.example.com/application/o/app/';
  const JWKS = `${ISSUER}jwks/`;
  const claims = {
    iss: ISSUER,
    aud: 'client',
    sub: 'f3b1',
    preferred_username: 'alice',
    name: 'Alice',
    email: 'alice@example.com',
    groups: ['users', 'authentik Admins'],
    iat: NOW,
    exp: NOW + 86_400,
  };
  const alice = proven({
    user: 'alice',
    groups: ['users', 'authentik Admins'],
    name: 'Alice',
    email: 'alice@example.com',
  });
  const byKeys = authentik({ issuer: ISSUER, audience: 'client', keys: { jwks: JWKS } });
  const bySecret = authentik({
    issuer: ISSUER,
    audience: 'client',
    keys: { clientSecret: SECRET },
  });

  it('names the user by preferred_username, signed by a key, whatever kid', async () => {
    expect(await judge(byKeys, JWKS, rs, claims)).toEqual(alice);
    expect(await judge(byKeys, JWKS, { ...es, kid: undefined }, claims)).toEqual(alice);
  });

  it('is signed with the client secret only where that is said', async () => {
    const secret = new TextEncoder().encode(SECRET);
    const raw = await crypto.subtle.importKey(
      'raw',
      secret,
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    const hmac: Signer = { ...es, alg: 'HS256', kid: undefined, privateKey: raw };
    expect(await judge(bySecret, JWKS, hmac, claims)).toEqual(alice);
    expect(await judge(byKeys, JWKS, hmac, claims)).toEqual(
      refusedBy('assertion-algorithm', 'alg HS256, and not RS256 or ES256 or ES384 or ES512'),
    );
    expect(await judge(bySecret, JWKS, rs, claims)).toEqual(
      refusedBy('assertion-algorithm', 'alg RS256, and not HS256'),
    );
    const other = await crypto.subtle.importKey(
      'raw',
      secret.slice(1),
      { name: 'HMAC', hash: 'SHA-256' },
      false,
      ['sign'],
    );
    expect(await judge(bySecret, JWKS, { ...hmac, privateKey: other }, claims)).toEqual(
      refusedBy('assertion-signature'),
    );
  });

  it('explains its empty key set, which is its default', async () => {
    const world = makeWorld();
    world.answer(JWKS, () => new Response('{}'));
    const lines: string[] = [];
    const log = (line: string) => {
      lines.push(line);
    };
    await makeVerifier(byKeys, { log }, world).ready();
    expect(lines).toEqual([
      `trusted-header: authentik: no keys from ${JWKS}: an empty key set: authentik's provider has no signing key, which is its default; set one (Advanced protocol settings), or write keys: { clientSecret }; assertions are refused with 503 until it answers`,
    ]);
  });
});

describe('Pomerium', () => {
  const JWKS = 'https://app.example.com/.well-known/pomerium/jwks.json';
  const provider = pomerium({ host: 'app.example.com' });
  const claims = {
    iss: 'app.example.com',
    aud: 'app.example.com',
    user: '1186',
    email: 'alice@example.com',
    groups: ['ops'],
    iat: NOW,
    exp: NOW + 300,
  };

  it('names the user by the provider’s id, in either form of its issuer', async () => {
    const alice = proven({
      user: '1186',
      email: 'alice@example.com',
      groups: ['ops'],
    });
    expect(await judge(provider, JWKS, es, claims)).toEqual(alice);
    expect(await judge(provider, JWKS, es, { ...claims, iss: 'https://app.example.com/' })).toEqual(
      alice,
    );
  });

  it('never learns another host from a token', async () => {
    const evil = { ...claims, iss: 'evil.example', aud: 'evil.example' };
    expect(await judge(provider, JWKS, es, evil)).toHaveProperty('reason', 'assertion-foreign');
    expect(await judge(provider, JWKS, es, { ...claims, aud: 'other.example.com' })).toHaveProperty(
      'reason',
      'assertion-foreign',
    );
  });
});

describe('Teleport', () => {
  const JWKS = 'https://teleport.example.com/.well-known/jwks.json';
  const provider = teleport({ cluster: 'aws', audience: 'http://127.0.0.1:34679', jwks: JWKS });
  // As in Teleport's documentation: no iat, 30 hours.
  const claims = {
    aud: ['http://127.0.0.1:34679'],
    iss: 'aws',
    nbf: NOW - 10,
    sub: 'alice',
    username: 'alice',
    roles: ['admin'],
    traits: { logins: ['root'] },
    exp: NOW + 108_005,
  };

  it('names the user by username, and groups by roles, with keys that have no id', async () => {
    const { kid: _, ...jwk } = rs.jwk;
    const bare = { ...rs, kid: undefined, jwk };
    expect(await judge(provider, JWKS, bare, claims)).toEqual(
      proven({ user: 'alice', groups: ['admin'] }),
    );
    expect(await judge(provider, JWKS, es, claims)).toHaveProperty('kind', 'proven');
  });
});

describe('oauth2-proxy', () => {
  const JWKS = 'https://idp.example.com/keys';
  const options = { issuer: 'https://idp.example.com', audience: 'oauth2-proxy', jwks: JWKS };
  const claims = {
    iss: 'https://idp.example.com',
    aud: 'oauth2-proxy',
    sub: 'CgVhbGljZQ',
    iat: NOW,
    exp: NOW + 300,
  };

  it('names the user by sub, in a header of its own', async () => {
    expect(oauth2Proxy(options).header).toBe('X-Id-Token');
    expect(await judge(oauth2Proxy(options), JWKS, rs, claims)).toEqual(
      proven({ user: 'CgVhbGljZQ' }),
    );
    expect(
      await judge(oauth2Proxy({ ...options, user: 'email' }), JWKS, rs, {
        ...claims,
        email: 'a@example.com',
      }),
    ).toEqual(proven({ user: 'a@example.com', email: 'a@example.com' }));
  });

  it('is not an access token, which is for another audience, nor an opaque one', async () => {
    expect(await judge(oauth2Proxy(options), JWKS, rs, { ...claims, aud: 'api' })).toHaveProperty(
      'reason',
      'assertion-foreign',
    );
    const { verify } = makeVerifier(oauth2Proxy(options), { log: false }, makeWorld());
    expect(await verify('ya29.a0AfH6SMB')).toEqual(
      refusedBy('assertion-malformed', '2 parts instead of three'),
    );
  });
});

describe('Azure', () => {
  const JWKS = `https://login.microsoftonline.com/${TENANT}/discovery/v2.0/keys`;
  const provider = azure({ tenant: TENANT, audience: 'client' });
  const claims = {
    iss: `https://login.microsoftonline.com/${TENANT}/v2.0`,
    aud: 'client',
    preferred_username: 'alice@example.com',
    oid: 'a-b',
    iat: NOW,
    nbf: NOW,
    exp: NOW + 3_900,
  };

  it('names the user of one tenant', async () => {
    expect(await judge(provider, JWKS, rs, claims)).toEqual(proven({ user: 'alice@example.com' }));
    const other = { ...claims, iss: claims.iss.replace('1111', '2222') };
    expect(await judge(provider, JWKS, rs, other)).toHaveProperty('reason', 'assertion-foreign');
  });
});
