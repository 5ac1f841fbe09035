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

const FILE_NAME =
  'the file’s name must end in .yml, .yaml or .toml: Traefik reads no other, and then answers 404 to everything.';

/** Traefik's dynamic configuration for the file provider, which can name every alias. */
export function traefikFile(plan: Plan): ProxyConfig {
  const { name, next, auth, server, upstreamCa } = plan;
  const parts = traefikParts(plan, `${name}-strip`, `${name}-auth`);
  const warnings = [FILE_NAME, ...parts.warnings];
  const transport = [next, auth].some(({ scheme }) => scheme === 'https') && upstreamCa;
  const text = `${heading(plan, 'Traefik, dynamic configuration (file provider)', warnings)}

http:
  routers:
${parts.routers.map((router) => routerYaml(plan, router)).join('\n')}

  middlewares:
    # First in every router: nobody but the authorization server names a user. An empty value deletes.
    ${name}-strip:
      headers:
        customRequestHeaders:
${[...deletedNames(plan), ...TRAEFIK_CLAIMS]
  .map((header) => `          "${header}": ""`)
  .join('\n')}

    # Connection is rebuilt: Traefik would remove the headers that a client names in it.
    ${name}-plain:
      headers:
        customRequestHeaders:
          "Connection": ""
          "Upgrade": ""
    ${name}-upgrade:
      headers:
        customRequestHeaders:
          "Connection": "Upgrade"
${authYaml(plan, parts)}
  services:
    ${name}:
      loadBalancer:
        passHostHeader: true
        # Bodies are streamed: no buffering middleware, and every piece is passed on at once.
        responseForwarding:
          flushInterval: "-1ms"
        servers:
          - url: "${next.url}"${transport ? TRANSPORT : ''}${
            server.ownPath === undefined
              ? ''
              : `
    ${name}-sign-in:
      loadBalancer:
        servers:
          - url: "${auth.url}"${transport ? TRANSPORT : ''}`
          }${transport ? transportYaml(upstreamCa) : ''}
`;
  return { text, warnings };
}

const TRANSPORT = `
        serversTransport: trusted-header`;

function transportYaml(upstreamCa: string): string {
  return `
  serversTransports:
    trusted-header:
      rootCAs: ["${upstreamCa}"]`;
}

function authYaml({ name, identity, auth, upstreamCa }: Plan, parts: TraefikParts): string {
  const { forwardAuthUrl, maxResponseBodySize } = parts;
  if (forwardAuthUrl === undefined) return '';
  const size =
    maxResponseBodySize === undefined
      ? ''
      : `\n        maxResponseBodySize: ${maxResponseBodySize}`;
  const tls =
    auth.scheme === 'https' && upstreamCa !== undefined
      ? `\n        tls: { ca: "${upstreamCa}" }`
      : '';
  return `
    # Asks with what the endpoint reads and no more: it must fit there. Sets the user from the answer alone: a header that
    # the answer lacks is deleted.
    ${name}-auth:
      forwardAuth:
        address: "${forwardAuthUrl}"
        trustForwardHeader: false${size}${tls}
        authRequestHeaders: [${ASKED_WITH.map((header) => `"${header}"`).join(', ')}]
        authResponseHeaders:
${identity.map((header) => `          - "${header}"`).join('\n')}
`;
}

function routerYaml(
  plan: Plan,
  { name, rule, priority, middlewares, toAuth }: TraefikRouter,
): string {
  return `    ${name}:
      rule: "${rule}"
      priority: ${priority}
      entryPoints: [${plan.scheme === 'https' ? 'websecure' : 'web'}]${plan.scheme === 'https' ? '\n      tls: {}' : ''}
      middlewares: [${middlewares.join(', ')}]
      service: ${toAuth ? `${plan.name}-sign-in` : plan.name}`;
}
