import { cloudflareAccess as honoCloudflareAccess } from '@hono/cloudflare-access';
import { AlbJwtVerifier } from 'aws-jwt-verify';
import { AlbJwksCache } from 'aws-jwt-verify/alb-cache';
import { Hono } from 'hono';
import { createRemoteJWKSet, customFetch, importSPKI, jwtVerify } from 'jose';
import { awsAlb } from '../src/providers/aws-alb.js';
import { cloudflareAccess } from '../src/providers/cloudflare-access.js';
import { makeVerifier } from '../src/verifier/make-verifier.js';
import { type Answer, makeWorld } from './world.js';

export const TAG = '32eafc7626e974616deaf0dc3ce63d7bcbed58a2731e84d06bc3cdf1b53c4228';
export const TEAM = 'https://example.cloudflareaccess.com';
export const CERTS = `${TEAM}/cdn-cgi/access/certs`;
export const ALB =
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188';

/** A verifier as people set it up by its documentation, and what it fetched. */
export interface Subject {
  readonly name: string;
  /** What it says of a token: `accepted`, or why not. */
  judge(token: string): Promise<string>;
  readonly fetched: () => number;
}

function now(): number {
  return Date.now() / 1000;
}

/** Ours, with the clock of the wall: the others know no other. */
function ours(provider: Parameters<typeof makeVerifier>[0], answer: Answer): Subject {
  const world = makeWorld();
  const fetched: string[] = [];
  const { verify } = makeVerifier(
    provider,
    { log: false },
    {
      ...world,
      now,
      fetch: async (url) => {
        fetched.push(url);
        return answer();
      },
    },
  );
  return {
    name: 'trusted-header',
    judge: async (token) => {
      const verdict = await verify(token);
      return verdict.kind === 'refused' ? verdict.reason : 'accepted';
    },
    fetched: () => fetched.length,
  };
}

export function cloudflareVerifiers(jwks: object): readonly Subject[] {
  const answer: Answer = () => Response.json(jwks);
  return [
    ours(cloudflareAccess({ team: 'example', audience: TAG }), answer),
    honoMiddleware(answer),
    plainJose(answer),
  ];
}

/** `@hono/cloudflare-access`, with its team and its audience. It fetches by the global `fetch`. */
function honoMiddleware(answer: Answer): Subject {
  let fetched = 0;
  const app = new Hono();
  app.use(honoCloudflareAccess('example', TAG));
  app.get('/', (c) => c.text('accepted'));
  return {
    name: '@hono/cloudflare-access',
    judge: async (token) => {
      const real = globalThis.fetch;
      globalThis.fetch = async () => {
        fetched++;
        return answer();
      };
      try {
        const headers = { 'cf-access-jwt-assertion': token };
        const response = await app.request('/', { headers });
        return response.status === 200 ? 'accepted' : `refused, ${response.status}`;
      } catch {
        return 'refused';
      } finally {
        globalThis.fetch = real;
      }
    },
    fetched: () => fetched,
  };
}

/** `jwtVerify` with a remote key set, issuer and audience, as its documentation shows it. */
function plainJose(answer: Answer): Subject {
  let fetched = 0;
  const set = createRemoteJWKSet(new URL(CERTS), {
    [customFetch]: async () => {
      fetched++;
      return answer();
    },
  });
  return {
    name: 'jose',
    judge: (token) => said(jwtVerify(token, set, { issuer: TEAM, audience: TAG })),
    fetched: () => fetched,
  };
}

export function albVerifiers(pem: string): readonly Subject[] {
  const answer: Answer = () => new Response(pem);
  const provider = awsAlb({ region: 'eu-central-1', signer: ALB, client: 'client', issuer: 'idp' });
  return [ours(provider, answer), awsJwtVerify(pem), plainJoseOfAlb(pem)];
}

function awsJwtVerify(pem: string): Subject {
  let fetched = 0;
  const fetcher = {
    fetch: async () => {
      fetched++;
      return new TextEncoder().encode(pem).buffer;
    },
  };
  const verifier = AlbJwtVerifier.create(
    { albArn: ALB, issuer: 'idp', clientId: 'client' },
    { jwksCache: new AlbJwksCache({ fetcher }) },
  );
  return {
    name: 'aws-jwt-verify',
    judge: (token) => said(verifier.verify(token)),
    fetched: () => fetched,
  };
}

/** `jwtVerify` with the key of the token's kid, as AWS's documentation shows it for Python. */
function plainJoseOfAlb(pem: string): Subject {
  let fetched = 0;
  return {
    name: 'jose',
    judge: (token) =>
      said(
        jwtVerify(token, async ({ alg = '' }) => {
          fetched++;
          return importSPKI(pem, alg);
        }),
      ),
    fetched: () => fetched,
  };
}

async function said(verifying: Promise<unknown>): Promise<string> {
  try {
    await verifying;
    return 'accepted';
  } catch {
    return 'refused';
  }
}
