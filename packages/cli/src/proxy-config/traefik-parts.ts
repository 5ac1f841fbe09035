import { CLIENT_CLAIMS } from './client-claims.js';
import { cannotHideSession } from './hidden-session.js';
import type { Plan } from './plan.js';
import { isAtLeast } from './versions.js';

/** What both forms of Traefik's configuration are made from. */
export interface TraefikParts {
  readonly routers: readonly TraefikRouter[];
  /** Undefined where nobody is asked. */
  readonly forwardAuthUrl?: string;
  /** Undefined where this version does not know the option. */
  readonly maxResponseBodySize?: number;
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
  const { name, server, bypass, portal, endpoints } = plan;
  const isOld = plan.version !== undefined && !isAtLeast(plan.version, [3]);
  const host = hostRule(plan, isOld);
  const headerMatcher = isOld ? 'HeadersRegexp' : 'HeaderRegexp';
  const asks = endpoints ? [auth] : [];
  const webSocket = `${host} && ${headerMatcher}(\`Upgrade\`, \`(?i)^websocket$\`)`;
  const prefixes = bypass.map((prefix) => `Path(\`${prefix}\`) || PathPrefix(\`${prefix}/\`)`);
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  return {
    ...(endpoints && {
      forwardAuthUrl: `${plan.auth.url}${plan.auth.path}${endpoints.traefik}${query}`,
    }),
    ...(knowsBodySize(plan) && { maxResponseBodySize: MAX_RESPONSE_BODY_SIZE }),
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
      ...(prefixes.length === 0 || !endpoints
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
        middlewares: [strip, `${name}-upgrade`, ...asks],
      },
      { name, rule: host, priority: 100, middlewares: [strip, `${name}-plain`, ...asks] },
    ],
    warnings: warningsFor(plan, strip),
  };
}

/** What Traefik itself sets before any middleware, and must keep. */
const SET_BY_TRAEFIK: readonly string[] = ['X-Forwarded-Port', 'X-Forwarded-Server'];

/** What a client says about itself, and Traefik would pass on. */
export const TRAEFIK_CLAIMS: readonly string[] = CLIENT_CLAIMS.filter(
  (header) => !SET_BY_TRAEFIK.includes(header),
);

/** An answer's page, which nobody reads. */
const MAX_RESPONSE_BODY_SIZE = 1_048_576;

function knowsBodySize({ version }: Plan): boolean {
  return version === undefined || isAtLeast(version, [3, 7]);
}

function hostRule({ domain, parentDomain }: Plan, isOld: boolean): string {
  if (parentDomain === undefined) return `Host(\`${domain}\`)`;
  return isOld
    ? `HostRegexp(\`{name:[a-z0-9_-]+}.${parentDomain}\`)`
    : `HostRegexp(\`^[a-z0-9_-]+[.]${parentDomain.replaceAll('.', '[.]')}$\`)`;
}

function warningsFor(plan: Plan, strip: string): readonly string[] {
  const { bypass, endpoints, version, server, scheme } = plan;
  const entryPoint = scheme === 'https' ? 'websecure' : 'web';
  const how = endpoints?.signIn;
  const isBare = how !== undefined && how.by === 'portal';
  return [
    ...(bypass.length > 0 ? ['paths of --bypass take no WebSocket.'] : []),
    ...(isBare
      ? [`Traefik shows ${server.label}’s bare 401, and cannot redirect to the sign-in.`]
      : []),
    ...(version === undefined && endpoints
      ? [
          'maxResponseBodySize is an option of 3.7, which warns without it; older versions refuse the whole configuration because of it: leave it out there, or give --proxy-version.',
        ]
      : []),
    `with 3.7 or later start Traefik with --entrypoints.${entryPoint}.http.aliasHeadersStrategy=delete: Remote_User, Remote.User and the like are then gone before any router.`,
    'entryPoints.<name>.forwardedHeaders must not be insecure, and its trustedIPs must be empty or your own outer proxies: the authorization server decides by X-Forwarded-*.',
    `a router that you add for this application without the middleware ${strip} lets a client name any user.`,
    'before Traefik has read its configuration it answers 404: a health check may see that.',
    ...cannotHideSession(plan),
  ];
}
