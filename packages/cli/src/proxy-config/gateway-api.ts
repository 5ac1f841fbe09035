import { ASKED_WITH } from './auth-server.js';
import { envoyDeletedNames } from './envoy.js';
import { heading } from './heading.js';
import { cannotHideSession } from './hidden-session.js';
import { kubernetesService, podNetworkNote } from './kubernetes-parts.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** Gateway API resources for Envoy Gateway. */
export function gatewayApi(plan: Plan): ProxyConfig {
  const { name, domain, server, auth, app, identity, bypass } = plan;
  const prefix = auth.path + (plan.endpoints?.extAuthz ?? '');
  const notes = [
    'the Gateway API itself does not say whether a header is deleted before or after the authorization server is asked, so it cannot be made safe with a RequestHeaderModifier: the policies below are Envoy Gateway’s own (1.2 or later).',
    'the ClientTrafficPolicy holds for the whole Gateway: its deletions run before everything else, for every application behind it.',
    ...podNetworkNote,
    ...cannotHideSession(plan),
    'this was written from the documentation and not run.',
  ];
  const { service, namespaceNote } = kubernetesService(app);
  const authService = kubernetesService(auth).service;
  const open = [
    ...bypass.map((prefix) => rule(prefix, service, app.port)),
    ...(server.ownPath === undefined ? [] : [rule(server.ownPath, authService, auth.port)]),
  ];
  const text = `${heading(plan, 'Gateway API with Envoy Gateway', notes)}

${namespaceNote}apiVersion: gateway.envoyproxy.io/v1alpha1
kind: ClientTrafficPolicy
metadata:
  name: ${name}-delete-identity
spec:
  targetRefs:
    - { group: gateway.networking.k8s.io, kind: Gateway, name: ${name} }
  headers:
    # Remote_User and every other name with an underscore.
    withUnderscoresAction: DropHeader
    earlyRequestHeaders:
      # Before anything else: nobody but the authorization server names a user.
      remove:
${envoyDeletedNames(plan)
  .map((header) => `        - "${header}"`)
  .join('\n')}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}
spec:
  parentRefs: [{ name: ${name} }]
  hostnames: ["${domain}"]
  rules:
    # Bodies and WebSockets are streamed: no time limit. Envoy rebuilds Connection and sets X-Forwarded-* itself.
    - timeouts: { request: 0s }
      backendRefs: [{ name: ${service}, port: ${app.port} }]
---${
    open.length === 0
      ? ''
      : `
# A route of its own, since the policy below is about the other one: no sign-in here, and so no user.
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${name}-open
spec:
  parentRefs: [{ name: ${name} }]
  hostnames: ["${domain}"]
  rules:
${open.join('\n')}
---`
  }
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: SecurityPolicy
metadata:
  name: ${name}-auth
spec:
  targetRefs:
    - { group: gateway.networking.k8s.io, kind: HTTPRoute, name: ${name} }
  extAuth:
    failOpen: false
    headersToExtAuth: [${ASKED_WITH.map((header) => header.toLowerCase()).join(', ')}, x-forwarded-proto, x-forwarded-for]
    http:
${prefix === '' ? '' : `      path: "${prefix}"\n`}      backendRefs: [{ name: ${authService}, port: ${auth.port} }]
      headersToBackend: [${identity.map((header) => header.toLowerCase()).join(', ')}]
`;
  return { text, warnings: notes };
}

function rule(prefix: string, service: string, port: number): string {
  return `    - matches: [{ path: { type: PathPrefix, value: "${prefix}" } }]
      backendRefs: [{ name: ${service}, port: ${port} }]`;
}
