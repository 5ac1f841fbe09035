import { type Context, Hono } from 'hono';
import { parseLoopbackUrl } from '../loopback.js';
import type { AccessRules } from '../options.js';
import type { Sessions } from '../session/create-sessions.js';
import { identityHeaders } from '../session/identity-headers.js';
import { judgeAccess } from './judge-access.js';
import { readForwardedTarget, readOriginalTarget, type Target } from './read-target.js';
import { type SignInRedirect, signInRedirect } from './sign-in-redirect.js';

/**
 * Makes Authelia's authorization endpoints, for a real reverse proxy on the same machine: `forward-auth` (Caddy, Traefik)
 * and `auth-request` (nginx, HAProxy).
 *
 * A 200 has all four identity headers, or none where a bypass rule let nobody in. Refuses other methods than GET and HEAD
 * (405), and targets that are missing or not on this machine (400).
 * Source: Authelia's proxy authorization guide and `handler_authz*.go`. Plain http is fine here, unlike there.
 *
 * @param portalPort The portal is at this port of whatever host name the visitor used, to share its cookies.
 */
export function authzRoutes(
  sessions: Sessions,
  rules: AccessRules,
  portalPort: () => number,
): Hono {
  const app = new Hono();
  app.get('/forward-auth', (c) => {
    return answer(c, readForwardedTarget(headersOf(c)), ({ status, location, body }) =>
      c.body(body, status, { location, 'content-type': 'text/html; charset=utf-8' }),
    );
  });
  app.get('/auth-request', (c) => {
    return answer(c, readOriginalTarget(headersOf(c)), ({ location }) =>
      c.text('401 Unauthorized', 401, { location }),
    );
  });
  app.all('*', (c) => c.text('405 Method Not Allowed', 405, { allow: 'GET, HEAD' }));
  return app;

  async function answer(
    c: Context,
    target: Target | undefined,
    sendToSignIn: (redirect: SignInRedirect) => Response,
  ): Promise<Response> {
    const portal = target && portalFor(c, target.url);
    if (!target || !portal) return c.text('400 Bad Request', 400);
    const user = await sessions.read(c.req.header('cookie'));
    switch (judgeAccess(target.url.pathname, user, rules)) {
      case 'sign-in': {
        const { accept, 'x-requested-with': requestedWith } = c.req.header();
        const { method, url } = target;
        return sendToSignIn(
          signInRedirect({ method, accept, requestedWith, target: url.href, portal: portal.href }),
        );
      }
      case 'forbidden':
        return c.text('403 Forbidden', 403);
      case 'allowed':
      case 'bypass':
        return c.body(OK, 200, {
          'content-type': 'text/plain; charset=utf-8',
          ...(user && identityHeaders(user)),
        });
    }
  }

  function portalFor(c: Context, target: URL): URL | undefined {
    const given = c.req.query('authelia_url');
    return parseLoopbackUrl(given ?? `http://${target.hostname}:${portalPort()}/`);
  }
}

/** Bytes, not text: Node writes the header lines in the encoding of a text body, and so would encode them twice. */
const OK = new TextEncoder().encode('200 OK');

function headersOf(c: Context): (name: string) => string | undefined {
  return (name) => c.req.header(name);
}
