import { createServer } from 'node:http';
import {
  type AssertionProvider,
  createVerifier,
  genericAssertion,
  type Verifier,
  type VerifierOptions,
} from '@trusted-header/assertion';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

const EXPECTED = { issuer: 'https://sso.example.com', audience: 'app' } as const;

/** Tokens of one algorithm, and what verifies them. */
export interface Subject {
  readonly alg: 'ES256' | 'RS256';
  /** As they come: each is a text of its own. */
  readonly tokens: readonly string[];
  /** `jwtVerify` with a key set that is there. */
  jose(token: string): Promise<unknown>;
  /** A verifier of ours whose keys are there. */
  verifier(options: VerifierOptions): Promise<Verifier>;
}

/** Makes tokens of a hundred users, with claims as a provider sends them. */
export async function makeSubject(alg: Subject['alg']): Promise<Subject> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg, kid: 'one', use: 'sig' }] };
  const set = createLocalJWKSet(jwks);
  const tokens = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      new SignJWT({
        sub: `user${i}`,
        email: `user${i}@example.com`,
        name: `John Doe the ${i}.`,
        groups: ['admin', 'dev', `team-${i}`],
      })
        .setProtectedHeader({ alg, kid: 'one', typ: 'JWT' })
        .setIssuer(EXPECTED.issuer)
        .setAudience(EXPECTED.audience)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    ),
  );
  return {
    alg,
    tokens,
    jose: (token) =>
      jwtVerify(token, set, { ...EXPECTED, algorithms: [alg], requiredClaims: ['exp'] }),
    verifier: (options) => withKeys(jwks, alg, options),
  };
}

/** Serves the keys until they are fetched: a verifier takes them from nowhere else. */
async function withKeys(
  jwks: object,
  alg: Subject['alg'],
  options: VerifierOptions,
): Promise<Verifier> {
  const server = createServer((_, response) => response.end(JSON.stringify(jwks)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const verifier = createVerifier(providerAt(`http://127.0.0.1:${port}/`, alg), {
    log: false,
    allowPlainHttpKeysFromLoopback: true,
    ...options,
  });
  if (!(await verifier.ready())) throw new Error('there are no keys');
  server.close();
  server.closeAllConnections();
  return verifier;
}

function providerAt(jwks: string, alg: Subject['alg']): AssertionProvider {
  return genericAssertion({
    header: 'X-Jwt',
    ...EXPECTED,
    algorithms: [alg],
    jwks,
    user: 'sub',
    groups: 'groups',
    name: 'name',
    email: 'email',
  });
}
