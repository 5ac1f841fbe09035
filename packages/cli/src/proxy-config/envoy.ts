import { heading, indent } from './heading.js';
import { aliasesOf } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

const NOTES = [
  'ext_authz never deletes a header that the answer lacks: the header_mutation filter must stay in front of it.',
  'this was written from Envoy’s documentation and not run.',
];

/** Envoy 1.27 or later. */
export function envoy(plan: Plan): ProxyConfig {
  const { listen, tls } = plan;
  const address = listen.address.replace(/^\[|\]$/g, '') || '0.0.0.0';
  const text = `${heading(plan, 'envoy.yaml', NOTES)}

static_resources:
  listeners:
    - name: ${plan.name}
      address:
        socket_address: { address: "${address}", port_value: ${listen.port} }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: ${plan.name}
                # Envoy is the edge: what a client says about itself in X-Forwarded-* is replaced.
                use_remote_address: true
                xff_num_trusted_hops: 0
                normalize_path: true
                merge_slashes: true
                path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT
                common_http_protocol_options:
                  # Remote_User and every other name with an underscore.
                  headers_with_underscores_action: DROP_HEADER
                stream_idle_timeout: 3600s
                upgrade_configs:
                  - upgrade_type: websocket
                route_config:
                  virtual_hosts:
                    - name: ${plan.name}
                      domains: ["${plan.domain}", "${plan.domain}:*"]
                      routes:
${indent(routes(plan), '                        ')}
                http_filters:
${indent(filters(plan), '                  ')}${tls ? `\n${indent(tlsContext(tls), '          ')}` : ''}
  clusters:
${indent([cluster(`${plan.name}-app`, plan.app.host, plan.app.port), cluster(`${plan.name}-auth`, plan.auth.host, plan.auth.port)].join('\n'), '    ')}
`;
  return { text, warnings: NOTES };
}

function routes({ name, bypass, server }: Plan): string {
  const open = [
    ...bypass.map((prefix) => openRoute(prefix, `${name}-app`)),
    ...(server.ownPath === undefined ? [] : [openRoute(server.ownPath, `${name}-auth`)]),
  ];
  return [
    ...open,
    `# Bodies are streamed: no buffer filter, and no time limit.
- match: { prefix: "/" }
  route: { cluster: ${name}-app, timeout: 0s }`,
  ].join('\n');
}

function openRoute(prefix: string, cluster: string): string {
  return `- match: { path_separated_prefix: "${prefix}" }
  route: { cluster: ${cluster}, timeout: 0s }
  typed_per_filter_config:
    envoy.filters.http.ext_authz:
      "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute
      disabled: true`;
}

/** The names that Envoy must delete one by one; those with an underscore are dropped by the connection manager. */
export function envoyDeletedNames({ deleted, identity }: Plan): string[] {
  const dotted = identity.flatMap((header) => aliasesOf(header, '.'));
  return [...deleted, ...dotted].map((name) => name.toLowerCase());
}

function filters(plan: Plan): string {
  const { server, auth, identity, portal, name, scheme } = plan;
  const portalHeader =
    server.id === 'authelia' && portal !== undefined
      ? `\n          - { key: x-authelia-url, value: "${portal}/" }`
      : '';
  return `# 1. Nobody but the authorization server names a user: delete what the client sends, in every spelling.
- name: envoy.filters.http.header_mutation
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
    mutations:
      request_mutations:
${envoyDeletedNames(plan)
  .map((header) => `        - remove: "${header}"`)
  .join('\n')}
        - append: { append_action: OVERWRITE_IF_EXISTS_OR_ADD, header: { key: x-forwarded-proto, value: ${scheme} } }
# 2. Ask, and set the user from the answer alone. Without an answer nobody gets in. Envoy rebuilds Connection itself.
- name: envoy.filters.http.ext_authz
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
    transport_api_version: V3
    failure_mode_allow: false
    http_service:
${server.extAuthzPath === '' ? '' : `      path_prefix: ${server.extAuthzPath}\n`}      server_uri: { uri: "${auth.url}", cluster: ${name}-auth, timeout: 5s }
      authorization_request:
        headers_to_add:
          - { key: x-forwarded-proto, value: ${scheme} }
          - { key: x-forwarded-method, value: "%REQ(:METHOD)%" }
          - { key: x-forwarded-host, value: "%REQ(:AUTHORITY)%" }
          - { key: x-forwarded-uri, value: "%REQ(:PATH)%" }
          - { key: x-forwarded-for, value: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" }${portalHeader}
      authorization_response:
        allowed_upstream_headers:
          patterns:
${identity.map((header) => `            - { exact: "${header.toLowerCase()}" }`).join('\n')}
        allowed_client_headers:
          patterns: [{ exact: location }, { exact: set-cookie }, { exact: www-authenticate }]
    # Where the client's headers are passed on with the question: cookies and what decides between page and script.
    allowed_headers:
      patterns: [{ exact: cookie }, { exact: authorization }, { exact: accept }, { exact: x-requested-with }]
- name: envoy.filters.http.router
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router`;
}

function tlsContext({ cert, key }: NonNullable<Plan['tls']>): string {
  return `transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
    common_tls_context:
      alpn_protocols: [h2, http/1.1]
      tls_certificates:
        - certificate_chain: { filename: ${cert} }
          private_key: { filename: ${key} }`;
}

function cluster(name: string, host: string, port: number): string {
  return `- name: ${name}
  type: STRICT_DNS
  connect_timeout: 5s
  load_assignment:
    cluster_name: ${name}
    endpoints:
      - lb_endpoints:
          - endpoint: { address: { socket_address: { address: "${host}", port_value: ${port} } } }`;
}
