import { ASKED_WITH } from './auth-server.js';
import { CLIENT_CLAIMS } from './client-claims.js';
import { heading, indent } from './heading.js';
import { cannotHideSession } from './hidden-session.js';
import { aliasesOf } from './identity-headers.js';
import type { Endpoint, Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

function notesFor(plan: Plan): readonly string[] {
  return [
    'ext_authz never deletes a header that the answer lacks: the header_mutation filter must stay in front of it.',
    ...cannotHideSession(plan),
    'this was written from Envoy’s documentation and not run.',
  ];
}

/** Envoy 1.27 or later. */
export function envoy(plan: Plan): ProxyConfig {
  const { listen, tls, endpoints } = plan;
  const notes = notesFor(plan);
  const address = listen.address.replace(/^\[|\]$/g, '') || '0.0.0.0';
  const text = `${heading(plan, 'envoy.yaml', notes)}

static_resources:
  listeners:
    - name: ${plan.name}
      address:
        socket_address: { address: "${address}", port_value: ${listen.port}${address === '::' ? ', ipv4_compat: true' : ''} }
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
                      domains: [${domains(plan)}]
                      routes:
${indent(routes(plan), '                        ')}
                http_filters:
${indent(filters(plan), '                  ')}${tls ? `\n${indent(tlsContext(tls), '          ')}` : ''}
  clusters:
${indent(
  [
    cluster(plan, `${plan.name}-app`, plan.next),
    ...(endpoints ? [cluster(plan, `${plan.name}-auth`, plan.auth)] : []),
  ].join('\n'),
  '    ',
)}
`;
  return { text, warnings: notes };
}

/** Envoy has one wildcard in a name: with a port behind it, a request for `*.` is no match, and gets 404. */
function domains({ domain, parentDomain }: Plan): string {
  return parentDomain === undefined ? `"${domain}", "${domain}:*"` : `"${domain}"`;
}

function routes({ name, bypass, server, endpoints }: Plan): string {
  const open = !endpoints
    ? []
    : [
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
  return [...deleted, ...dotted, ...ENVOY_CLAIMS].map((name) => name.toLowerCase());
}

/**
 * What a client says about itself, and Envoy would pass on. It sets X-Real-IP never; X-Forwarded-Client-Cert is its own,
 * and a client's is gone before any filter unless it is told to keep it.
 */
const ENVOY_CLAIMS: readonly string[] = [
  ...CLIENT_CLAIMS.filter((header) => header !== 'X-Forwarded-Client-Cert'),
  'X-Real-IP',
  'X-Authelia-URL',
];

function filters(plan: Plan): string {
  const { server, auth, identity, portal, name, scheme, endpoints } = plan;
  const router = `- name: envoy.filters.http.router
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router`;
  const portalHeader =
    server.id === 'authelia' && portal !== undefined
      ? `\n          - { key: x-authelia-url, value: "${portal}/" }`
      : '';
  const deletion = `# 1. Nobody but the authorization server names a user: delete what the client sends, in every spelling.
- name: envoy.filters.http.header_mutation
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
    mutations:
      request_mutations:
${envoyDeletedNames(plan)
  .map((header) => `        - remove: "${header}"`)
  .join('\n')}
        - append: { append_action: OVERWRITE_IF_EXISTS_OR_ADD, header: { key: x-forwarded-proto, value: ${scheme} } }`;
  if (!endpoints) return `${deletion}\n${router}`;
  const prefix = auth.path + (endpoints.extAuthz ?? '');
  return `${deletion}
# 2. Ask, and set the user from the answer alone. Without an answer nobody gets in. Envoy rebuilds Connection itself.
- name: envoy.filters.http.ext_authz
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz
    transport_api_version: V3
    failure_mode_allow: false
    http_service:
${prefix === '' ? '' : `      path_prefix: "${prefix}"\n`}      server_uri: { uri: "${auth.socket === '' ? auth.url : `http://${auth.host}`}", cluster: ${name}-auth, timeout: 5s }
      authorization_request:
        headers_to_add:
          - { key: x-forwarded-proto, value: ${scheme} }
          - { key: x-forwarded-host, value: "%REQ(:AUTHORITY)%" }
          - { key: x-forwarded-for, value: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%" }${portalHeader}
      authorization_response:
        allowed_upstream_headers:
          patterns:
${identity.map((header) => `            - { exact: "${header.toLowerCase()}" }`).join('\n')}
        allowed_client_headers:
          patterns: [{ exact: location }, { exact: set-cookie }, { exact: www-authenticate }]
    # Where the client's headers are passed on with the question: cookies and what decides between page and script.
    allowed_headers:
      patterns: [${ASKED_WITH.map((header) => `{ exact: ${header.toLowerCase()} }`).join(', ')}]
${router}`;
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

function cluster(plan: Plan, name: string, to: Endpoint): string {
  const address =
    to.scheme === 'unix'
      ? `pipe: { path: "${to.socket}" }`
      : `socket_address: { address: "${to.host}", port_value: ${to.port} }`;
  return `- name: ${name}
  type: ${to.scheme === 'unix' ? 'STATIC' : 'STRICT_DNS'}
  connect_timeout: 5s
  load_assignment:
    cluster_name: ${name}
    endpoints:
      - lb_endpoints:
          - endpoint: { address: { ${address} } }${to.scheme === 'https' ? upstreamTls(plan, to) : ''}`;
}

function upstreamTls({ upstreamCa }: Plan, { host }: Endpoint): string {
  return `
  transport_socket:
    name: envoy.transport_sockets.tls
    typed_config:
      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
      sni: "${host}"
      common_tls_context:
        validation_context:
          trusted_ca: { filename: ${upstreamCa ?? '/etc/ssl/certs/ca-certificates.crt'} }
          match_typed_subject_alt_names:
            - { san_type: DNS, matcher: { exact: "${host}" } }`;
}
