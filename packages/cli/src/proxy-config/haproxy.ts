import { heading } from './heading.js';
import { aliasPattern } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

const NOTES = [
  'HAProxy cannot ask an authorization server by itself: a Lua action does (USE_LUA, see haproxy -vv). Take auth-request.lua of haproxy-auth-request with haproxy-lua-http and a JSON library in the Lua path, or what "trusted-header proxy-config haproxy-lua" prints, which needs HAProxy 2.5 or later and nothing else.',
  'that action only sets the headers that the answer has, and leaves a client’s copy of the others alone: the del-header lines must stay in front of it.',
];

/** HAProxy 2.4 or later with the action `auth-intercept` of haproxy-auth-request, or ours in its place. */
export function haproxy(plan: Plan): ProxyConfig {
  const text = `${heading(plan, 'haproxy.cfg', NOTES)}

global
    lua-load ${plan.luaPath}

defaults
    mode http
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout tunnel 24h
    timeout http-request 30s
    timeout http-keep-alive 60s

frontend ${plan.name}
    ${bindLine(plan)}

${[hostLines(plan), deleteLines(plan), forwardedLines(plan), connectionLines(), askLines(plan), ...routeLines(plan)].join('\n\n')}
    default_backend ${plan.name}-app

# Bodies are streamed: no option http-buffer-request.
backend ${plan.name}-app
    server app ${plan.app.authority}

# The action reads the address of this server; it must be an address, or a name that resolves when HAProxy starts.
backend ${plan.name}-auth
    server auth ${plan.auth.authority}
`;
  return { text, warnings: NOTES };
}

function bindLine({ listen: { address, port }, tls }: Plan): string {
  // HAProxy reads certificate and key from one file, or the key from the same name with .key behind it.
  const ssl = tls ? ` ssl crt ${tls.cert} alpn h2,http/1.1` : '';
  // Without an address: both families, on one socket.
  const where = address === '' ? `:::${port} v4v6` : `${address}:${port}`;
  return `bind ${where}${ssl}${tls ? `\n    # The key of that certificate: in the same file, or as ${tls.cert}.key.` : ''}`;
}

function hostLines({ domain }: Plan): string {
  return `    http-request deny deny_status 421 unless { req.hdr(host),field(1,:) -i ${domain} }`;
}

function deleteLines({ deleted }: Plan): string {
  return `    # 1. Nobody but the authorization server names a user: delete what the client sends, in every spelling.
    option http-restrict-req-hdr-names delete
${deleted.map((header) => `    http-request del-header ${aliasPattern(header)} -m reg`).join('\n')}`;
}

function forwardedLines({ scheme }: Plan): string {
  return `    http-request del-header Forwarded
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto ${scheme}
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
    http-request set-header X-Forwarded-Method %[method]
    http-request set-header X-Forwarded-URI %[pathq]
    http-request set-header X-Original-Method %[method]
    http-request set-header X-Original-URL ${scheme}://%[req.hdr(Host)]%[pathq]`;
}

function connectionLines(): string {
  return `    # 2. Connection is rebuilt: a client's "Connection: Remote-User" must name nothing.
    acl websocket req.hdr(Upgrade) -i websocket
    http-request del-header Connection
    http-request set-header Connection Upgrade if websocket
    http-request del-header Upgrade unless websocket`;
}

function askLines({ name, server, identity, bypass, portal, scheme }: Plan): string {
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  const prefixes = bypass.flatMap((prefix) => [
    `    acl open path ${prefix}`,
    `    acl open path_beg ${prefix}/`,
  ]);
  // HAProxy compares paths as they are written, and an application may read /public/../private as /private.
  const climbing =
    bypass.length > 0
      ? [
          '    acl climbing path_sub -i /../ /./ // %2e %2f %5c \\\\',
          '    acl climbing path_end /.. /.',
          '    http-request set-var(txn.open) bool(true) if open !climbing',
        ]
      : [];
  const own = server.ownPath === undefined ? [] : [`    acl own path_beg ${server.ownPath}/`];
  const unless = [
    ...(bypass.length > 0 ? ['!{ var(txn.open) -m bool }'] : []),
    ...(own.length > 0 ? ['!own'] : []),
  ];
  const ask = unless.length > 0 ? ` if ${unless.join(' ')}` : '';
  const but = ['!{ var(txn.auth_response_successful) -m bool }', ...unless].join(' ');
  const signIn =
    server.signInPath === undefined
      ? `    http-request deny deny_status 401 if ${but} { var(txn.auth_response_code) -m int 401 }
    http-request redirect code 302 location %[var(txn.auth_response_location)] if ${but} { var(txn.auth_response_location) -m found } METH_GET
    http-request redirect code 303 location %[var(txn.auth_response_location)] if ${but} { var(txn.auth_response_location) -m found }`
      : `    http-request redirect code 302 location ${server.signInPath}${scheme}://%[req.hdr(Host)]%[pathq] if ${but} { var(txn.auth_response_code) -m int 401 }`;
  return `    # 3. Ask, and set the user from the answer alone. Whatever is not allowed in so many words is denied.
${[...prefixes, ...climbing, ...own].join('\n')}
    http-request lua.auth-intercept ${name}-auth ${server.forwardAuthPath.haproxy}${query} HEAD * ${identity.map((header) => header.toLowerCase()).join(',')} -${ask}
    http-request deny deny_status 403 if ${but} { var(txn.auth_response_code) -m int 403 }
${signIn}
    http-request deny deny_status 503 if ${but}`.replace(/\n\n/g, '\n');
}

function routeLines({ server, name }: Plan): string[] {
  return server.ownPath === undefined ? [] : [`    use_backend ${name}-auth if own`];
}
