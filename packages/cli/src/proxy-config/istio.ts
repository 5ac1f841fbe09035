import { ASKED_WITH } from './auth-server.js';
import { envoyDeletedNames } from './envoy.js';
import { heading } from './heading.js';
import { cannotHideSession } from './hidden-session.js';
import { podNetworkNote } from './kubernetes-parts.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

/** Istio's ingress gateway: an extension provider, a CUSTOM policy, and a filter that deletes first. */
export function istio(plan: Plan): ProxyConfig {
  const { name, domain, server, auth, app, identity, bypass, portal } = plan;
  const prefix = auth.path + (plan.endpoints?.extAuthz ?? '');
  const notes = [
    'Envoy’s ext_authz never deletes a header that the answer lacks: without the EnvoyFilter below, a client’s copy reaches the application.',
    'EnvoyFilter depends on Istio’s version: after each upgrade look with "istioctl proxy-config listener" that header_mutation is still in front of ext_authz.',
    'TRUSTED_PROXIES: with a sidecar at the application every request comes from 127.0.0.6, which proves nothing. Let a PeerAuthentication (STRICT) and an AuthorizationPolicy admit the gateway’s identity only.',
    ...podNetworkNote,
    ...cannotHideSession(plan),
    'this was written from the documentation and not run.',
  ];
  const open = [
    ...bypass.flatMap((prefix) => [prefix, `${prefix}/*`]),
    ...(server.ownPath === undefined ? [] : [`${server.ownPath}/*`]),
  ];
  const text = `${heading(plan, 'Istio', notes)}

# In the mesh configuration (MeshConfig.extensionProviders).
extensionProviders:
  - name: ${name}-auth
    envoyExtAuthzHttp:
      service: ${auth.host}
      port: ${auth.port}
${prefix === '' ? '' : `      pathPrefix: "${prefix}"\n`}      failOpen: false
      timeout: 5s
      includeRequestHeadersInCheck: [${ASKED_WITH.map((header) => header.toLowerCase()).join(', ')}, x-forwarded-proto, x-forwarded-for]
      headersToUpstreamOnAllow: [${identity.map((header) => header.toLowerCase()).join(', ')}]
      headersToDownstreamOnDeny: [location, set-cookie, www-authenticate]
      includeAdditionalHeadersInCheck:
        x-forwarded-proto: ${plan.scheme}
        x-forwarded-host: "%REQ(:AUTHORITY)%"${server.id === 'authelia' && portal !== undefined ? `\n        x-authelia-url: "${portal}/"` : ''}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata:
  name: ${name}-delete-identity
  namespace: istio-system
spec:
  workloadSelector:
    labels: { istio: ingressgateway }
  configPatches:
    # Remote_User and every other name with an underscore.
    - applyTo: NETWORK_FILTER
      match:
        context: GATEWAY
        listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager } } }
      patch:
        operation: MERGE
        value:
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
            common_http_protocol_options:
              headers_with_underscores_action: DROP_HEADER
    # First of all filters: nobody but the authorization server names a user.
    - applyTo: HTTP_FILTER
      match:
        context: GATEWAY
        listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager } } }
      patch:
        operation: INSERT_FIRST
        value:
          name: ${name}-delete-identity
          typed_config:
            "@type": type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
            mutations:
              request_mutations:
${envoyDeletedNames(plan)
  .map((header) => `                - remove: "${header}"`)
  .join('\n')}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}-auth
  namespace: istio-system
spec:
  selector:
    matchLabels: { istio: ingressgateway }
  action: CUSTOM
  provider:
    name: ${name}-auth
  rules:
    - to:
        - operation:
            hosts: [${plan.parentDomain === undefined ? `"${domain}", "${domain}:*"` : `"${domain}"`}]${open.length > 0 ? `\n            notPaths: [${open.map((path) => `"${path}"`).join(', ')}]` : ''}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
spec:
  hosts: ["${domain}"]
  gateways: [istio-system/${name}]
  http:${
    server.ownPath === undefined
      ? ''
      : `
    - match: [{ uri: { prefix: ${server.ownPath}/ } }]
      route: [{ destination: { host: ${auth.host}, port: { number: ${auth.port} } } }]`
  }
    # Bodies and WebSockets are streamed: no time limit. The gateway rebuilds Connection itself.
    - timeout: 0s
      route: [{ destination: { host: ${app.host}, port: { number: ${app.port} } } }]
`;
  return { text, warnings: notes };
}
