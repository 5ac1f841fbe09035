import { ASKED_WITH } from './auth-server.js';
import { heading } from './heading.js';
import { deletedNames } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';
import {
  TRAEFIK_CLAIMS,
  type TraefikParts,
  type TraefikRouter,
  traefikParts,
} from './traefik-parts.js';

const DOTS =
  'a label cannot name a header with a dot, so Remote.User passes without aliasHeadersStrategy=delete; @trusted-header refuses such a request (header-ambiguous), and traefik-file deletes the header.';

/** Labels for the application's container in a compose file. */
export function traefikLabels(plan: Plan): ProxyConfig {
  const { name, next, server } = plan;
  const strip = `${name}-strip`;
  const parts = traefikParts(plan, strip, `${name}-auth`);
  const warnings = [DOTS, ...parts.warnings];
  const http = 'traefik.http';
  const headers = (middleware: string, header: string, value: string): string =>
    `${http}.middlewares.${middleware}.headers.customrequestheaders.${header}=${value}`;
  const groups: [why: string, labels: readonly string[]][] = [
    [
      '',
      [
        'traefik.enable=true',
        `${http}.services.${name}.loadbalancer.server.port=${next.port}`,
        ...(next.scheme === 'https'
          ? [`${http}.services.${name}.loadbalancer.server.scheme=https`]
          : []),
        `${http}.services.${name}.loadbalancer.responseforwarding.flushinterval=-1ms`,
      ],
    ],
    ...parts.routers.map((router): [string, string[]] => ['', routerLabels(plan, router)]),
    [
      'First in every router: nobody but the authorization server names a user. An empty value deletes.',
      [...deletedNames(plan, '_'), ...TRAEFIK_CLAIMS].map((header) => headers(strip, header, '')),
    ],
    [
      'Connection is rebuilt: Traefik would remove the headers that a client names in it.',
      [
        headers(`${name}-plain`, 'Connection', ''),
        headers(`${name}-plain`, 'Upgrade', ''),
        headers(`${name}-upgrade`, 'Connection', 'Upgrade'),
      ],
    ],
    ...authLabels(plan, parts),
  ];
  const own =
    server.ownPath === undefined
      ? ''
      : `
  # The sign-in pages of ${server.label}, on the application's host: these labels go to its own container.
  ${plan.auth.host}:
    labels:
      - "traefik.enable=true"
      - "${http}.services.${name}-sign-in.loadbalancer.server.port=${plan.auth.port}"
`;
  const text = `${heading(plan, 'Traefik, labels of the application’s container', warnings)}

services:
  ${next.host}:${
    plan.endpoints
      ? `
    environment:
      TRUSTED_PROXIES: "${plan.proxyAddress ?? ''}" # the static address of Traefik on this network`
      : ''
  }
    labels:
${groups.map(([why, labels]) => [...(why === '' ? [] : [`      # ${why}`]), ...labels.map((label) => `      - "${label.replaceAll('$', '$$$$')}"`)].join('\n')).join('\n')}
${own}`;
  return { text, warnings };
}

function authLabels(
  { name, identity, auth, upstreamCa }: Plan,
  { forwardAuthUrl, maxResponseBodySize }: TraefikParts,
): [string, string[]][] {
  if (forwardAuthUrl === undefined) return [];
  const key = `traefik.http.middlewares.${name}-auth.forwardauth`;
  return [
    [
      'Asks with what the endpoint reads and no more. Sets the user from the answer alone: a header that it lacks is deleted.',
      [
        `${key}.address=${forwardAuthUrl}`,
        `${key}.trustForwardHeader=false`,
        ...(maxResponseBodySize === undefined
          ? []
          : [`${key}.maxResponseBodySize=${maxResponseBodySize}`]),
        ...(auth.scheme === 'https' && upstreamCa !== undefined
          ? [`${key}.tls.ca=${upstreamCa}`]
          : []),
        `${key}.authRequestHeaders=${ASKED_WITH.join(',')}`,
        `${key}.authResponseHeaders=${identity.join(',')}`,
      ],
    ],
  ];
}

function routerLabels({ scheme, name: service }: Plan, router: TraefikRouter): string[] {
  const key = `traefik.http.routers.${router.name}`;
  return [
    `${key}.rule=${router.rule}`,
    `${key}.priority=${router.priority}`,
    `${key}.entrypoints=${scheme === 'https' ? 'websecure' : 'web'}`,
    ...(scheme === 'https' ? [`${key}.tls=true`] : []),
    `${key}.middlewares=${router.middlewares.join(',')}`,
    `${key}.service=${router.toAuth ? `${service}-sign-in` : service}`,
  ];
}
