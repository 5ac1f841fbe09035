import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { parseLoopbackUrl } from '../loopback.js';
import { identityHeaders } from '../session/identity-headers.js';
import { type Authority, judgeVisitor } from './judge-visitor.js';
import { CHALLENGE } from './read-credentials.js';
import {
  type Question,
  readExtAuthzTarget,
  readForwardedTarget,
  readLegacyTarget,
  readOriginalTarget,
} from './read-target.js';
import { redirectWith, type SignInRedirect, signInRedirect } from './sign-in-redirect.js';
import type { Target } from './target.js';

type Env = { readonly Bindings: HttpBindings };

/** How one endpoint differs from another. */
interface Endpoint {
  readTarget(question: Question): Target | undefined;
  /** The portal that the proxy names; undefined for the default one. */
  portal(c: Context<Env>): string | undefined;
  /** Where to read `Authorization` from. */
  readonly credentials?: 'proxy-authorization';
  /** For a target that is missing or bad. Default 400. */
  readonly badStatus?: 401;
  readonly redirect: typeof signInRedirect;
}

const EXT_AUTHZ = '/api/authz/ext-authz';

const forwardAuth: Endpoint = {
  readTarget: readForwardedTarget,
  portal: (c) => c.req.query('authelia_url'),
  redirect: signInRedirect,
};

const authRequest: Endpoint = {
  readTarget: readOriginalTarget,
  portal: (c) => c.req.query('authelia_url'),
  redirect: (request) => redirectWith(401, request),
};

const extAuthz: Endpoint = {
  readTarget: (question) => readExtAuthzTarget(question, EXT_AUTHZ),
  portal: (c) => c.req.header('x-authelia-url'),
  redirect: signInRedirect,
};

const legacy: Endpoint = {
  readTarget: readLegacyTarget,
  portal: (c) => c.req.query('rd') ?? c.req.header('x-authelia-url'),
  credentials: 'proxy-authorization',
  badStatus: 401,
  redirect: signInRedirect,
};

/**
 * Makes Authelia's authorization endpoints, for a real reverse proxy on the same machine: `forward-auth` (Caddy,
 * Traefik), `auth-request` (nginx, HAProxy), `ext-authz` (Envoy), and `/api/verify` of old.
 *
 * A 200 has all four identity headers, or none where a bypass rule let nobody in. Refuses other methods than GET and HEAD
 * at the first two (405), targets that are missing or not on this machine (400), and wrong Basic credentials (401).
 * Everybody who is sent to sign in gets a session cookie with nobody in it.
 * Source: `handler_authz*.go` of Authelia 4.39. Plain http is fine here where the proxy says so, unlike there.
 *
 * @param portalPort The portal is at this port of whatever host name the visitor used, to share its cookies.
 */
export function authzRoutes(authority: Authority, portalPort: () => number): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/authz/forward-auth', (c) => answer(c, forwardAuth));
  app.get('/authz/auth-request', (c) => answer(c, authRequest));
  for (const path of ['/authz/ext-authz', '/authz/ext-authz/*'])
    app.all(path, (c) => answer(c, extAuthz));
  for (const path of ['/verify', '/verify/*']) app.all(path, (c) => answer(c, legacy));
  // Authelia's router answers these, to anybody: a proxy that asks with the client's own method lets every OPTIONS through.
  const allow = { allow: 'GET, HEAD, OPTIONS' };
  for (const path of ['/authz/forward-auth', '/authz/auth-request']) {
    app.options(path, (c) => c.body(null, 200, allow));
    app.all(path, (c) => say(c, [405, 'Method Not Allowed'], allow));
  }
  return app;

  async function answer(c: Context<Env>, endpoint: Endpoint): Promise<Response> {
    const target = endpoint.readTarget(questionOf(c));
    const portal = target && portalFor(c, endpoint, target);
    if (!target || !portal) {
      return endpoint.badStatus === 401 ? say(c, UNAUTHORIZED) : say(c, [400, 'Bad Request']);
    }
    const verdict = await judgeVisitor(authority, {
      path: target.path,
      cookie: c.req.header('cookie'),
      sessionUsername: c.req.header('session-username'),
      authorization: credentialsOf(c, endpoint),
    });
    switch (verdict.kind) {
      case 'sign-in':
        return sendToSignIn(c, endpoint, target, portal);
      case 'wrong-credentials':
        return say(c, UNAUTHORIZED, CHALLENGE);
      case 'forbidden':
        return say(c, [403, 'Forbidden']);
      case 'let-in':
        return say(c, [200, 'OK'], verdict.user && identityHeaders(verdict.user));
    }
  }

  async function sendToSignIn(
    c: Context<Env>,
    endpoint: Endpoint,
    { method, url }: Target,
    portal: URL | 'unknown',
  ): Promise<Response> {
    if (portal === 'unknown') return say(c, UNAUTHORIZED);
    c.header('set-cookie', await authority.sessions.visit(c.req.header('cookie')));
    const { accept, 'x-requested-with': requestedWith } = c.req.header();
    const request = { method, accept, requestedWith, target: url, portal };
    return answerRedirect(c, endpoint.redirect(request));
  }

  /** The old endpoint has no portal of its own: without one it can only say 401. */
  function portalFor(
    c: Context<Env>,
    endpoint: Endpoint,
    { hostname }: Target,
  ): URL | 'unknown' | undefined {
    const given = endpoint.portal(c);
    if (given === undefined && endpoint === legacy) return 'unknown';
    return parseLoopbackUrl(given ?? `http://${hostname}:${portalPort()}/`);
  }
}

const UNAUTHORIZED = [401, 'Unauthorized'] as const;

/**
 * Answers with status and phrase as text. As bytes: Node writes the header lines in the encoding of a body that is a
 * string, and so would encode an identity twice.
 */
function say(
  c: Context<Env>,
  [status, phrase]: readonly [status: 200 | 400 | 401 | 403 | 405, phrase: string],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = new TextEncoder().encode(`${status} ${phrase}`);
  return c.body(body, status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
}

function answerRedirect(c: Context<Env>, { status, location, body }: SignInRedirect): Response {
  if (body === undefined) return c.body(null, status, { location });
  return c.body(body, status, { location, 'content-type': 'text/html; charset=utf-8' });
}

/** With `?auth=basic` the old endpoint reads `Authorization` and wants it; a text that is wrong stands for none. */
function credentialsOf(c: Context<Env>, endpoint: Endpoint): string | undefined {
  const authorization = c.req.header('authorization');
  if (endpoint.credentials === undefined) return authorization;
  if (c.req.query('auth') === 'basic') return authorization ?? 'none';
  return c.req.header('proxy-authorization');
}

function questionOf(c: Context<Env>): Question {
  const { incoming } = c.env;
  return {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    header: (name) => c.req.header(name),
  };
}
