import type { Plan } from './plan.js';
import { isAtLeast } from './versions.js';

/** What both forms of Traefik's configuration are made from. */
export interface TraefikParts {
  readonly routers: readonly TraefikRouter[];
  readonly forwardAuthUrl: string;
  readonly warnings: readonly string[];
}

export interface TraefikRouter {
  readonly name: string;
  readonly rule: string;
  readonly priority: number;
  /** In the order in which they run: deleting comes first. */
  readonly middlewares: readonly string[];
  readonly toAuth?: boolean;
}

/**
 * Routers and middlewares for Traefik.
 *
 * Traefik removes what a client's `Connection` names after the middlewares have run, so `Connection` is rewritten: to
 * `Upgrade` on a router of its own for WebSockets, to nothing on the others.
 */
export function traefikParts(plan: Plan, strip: string, auth: string): TraefikParts {
  const { name, domain, server, bypass, portal } = plan;
  const host = `Host(\`${domain}\`)`;
  const headerMatcher =
    plan.version && !isAtLeast(plan.version, [3]) ? 'HeadersRegexp' : 'HeaderRegexp';
  const webSocket = `${host} && ${headerMatcher}(\`Upgrade\`, \`(?i)^websocket$\`)`;
  const prefixes = bypass.map((prefix) => `Path(\`${prefix}\`) || PathPrefix(\`${prefix}/\`)`);
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  return {
    forwardAuthUrl: `${plan.auth.url}${server.forwardAuthPath.traefik}${query}`,
    routers: [
      ...(server.ownPath === undefined
        ? []
        : [
            {
              name: `${name}-sign-in`,
              rule: `${host} && PathPrefix(\`${server.ownPath}/\`)`,
              priority: 400,
              middlewares: [strip, `${name}-plain`],
              toAuth: true,
            },
          ]),
      ...(prefixes.length === 0
        ? []
        : [
            {
              name: `${name}-bypass`,
              rule: `${host} && (${prefixes.join(' || ')})`,
              priority: 300,
              middlewares: [strip, `${name}-plain`],
            },
          ]),
      {
        name: `${name}-websocket`,
        rule: webSocket,
        priority: 200,
        middlewares: [strip, `${name}-upgrade`, auth],
      },
      { name, rule: host, priority: 100, middlewares: [strip, `${name}-plain`, auth] },
    ],
    warnings: [
      ...(prefixes.length > 0 ? ['paths of --bypass take no WebSocket.'] : []),
      'entryPoints.<name>.forwardedHeaders must not be insecure, and its trustedIPs must be empty or your own outer proxies: the authorization server decides by X-Forwarded-*.',
      `a router that you add for this application without the middleware ${strip} lets a client name any user.`,
      'this was written from Traefik’s documentation and source, and not run.',
    ],
  };
}
