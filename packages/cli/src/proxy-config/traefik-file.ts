import { heading } from './heading.js';
import { deletedNames } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';
import { type TraefikRouter, traefikParts } from './traefik-parts.js';

/** Traefik's dynamic configuration for the file provider, which can name every alias. */
export function traefikFile(plan: Plan): ProxyConfig {
  const { name, app, auth, identity, server } = plan;
  const parts = traefikParts(plan, `${name}-strip`, `${name}-auth`);
  const text = `${heading(plan, 'Traefik, dynamic configuration (file provider)', parts.warnings)}

http:
  routers:
${parts.routers.map((router) => routerYaml(plan, router)).join('\n')}

  middlewares:
    # First in every router: nobody but the authorization server names a user. An empty value deletes.
    ${name}-strip:
      headers:
        customRequestHeaders:
${deletedNames(plan)
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

    # Sets the user from the answer alone: a header that the answer lacks is deleted.
    ${name}-auth:
      forwardAuth:
        address: "${parts.forwardAuthUrl}"
        trustForwardHeader: false
        authResponseHeaders:
${identity.map((header) => `          - "${header}"`).join('\n')}

  services:
    ${name}:
      loadBalancer:
        passHostHeader: true
        # Bodies are streamed: no buffering middleware, and every piece is passed on at once.
        responseForwarding:
          flushInterval: "-1ms"
        servers:
          - url: "${app.url}"${
            server.ownPath === undefined
              ? ''
              : `
    ${name}-sign-in:
      loadBalancer:
        servers:
          - url: "${auth.url}"`
          }
`;
  return { text, warnings: parts.warnings };
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
