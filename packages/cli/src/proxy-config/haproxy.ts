import { CLIENT_CLAIMS } from './client-claims.js';
import { conditions, haproxyQuestion } from './haproxy-question.js';
import { heading } from './heading.js';
import { cookiePattern } from './hidden-session.js';
import { aliasPattern } from './identity-headers.js';
import type { Endpoint, Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

const NOTES = [
  'HAProxy cannot ask an authorization server by itself: a Lua action does (USE_LUA, see haproxy -vv). Put what "npx @trusted-header/cli proxy-config haproxy-lua" prints where lua-load looks for it; it needs HAProxy 2.5 or later and nothing else.',
  'auth-request.lua of haproxy-auth-request takes the same line, but was not run with it: told to ask with all headers it answers chunked uploads, and those with Expect, with 503.',
  'that action only sets the headers that the answer has, and leaves a client’s copy of the others alone: the del-header lines must stay in front of it.',
];

const LISTENS =
  'without an address in --listen it is IPv4 alone: HAProxy would not start on a machine without IPv6. Both: --listen [::]:443.';

/** The hop to an authorization server that HAProxy's HTTP client cannot speak to. */
const HOP = '127.0.0.1:19091';

/** HAProxy 2.5 or later with the action `auth-intercept`, ours or one that takes the same arguments. */
export function haproxy(plan: Plan): ProxyConfig {
  const { name, endpoints } = plan;
  const notes = [...(endpoints ? NOTES : []), ...(plan.listen.address === '' ? [LISTENS] : [])];
  const body = [
    hostLines(plan),
    deleteLines(plan),
    forwardedLines(plan),
    connectionLines(),
    ...(endpoints ? [haproxyQuestion(plan, endpoints)] : []),
    cleanLines(plan),
    ...(plan.server.ownPath === undefined ? [] : [`    use_backend ${name}-auth if own`]),
  ];
  const text = `${heading(plan, 'haproxy.cfg', notes)}

global
${endpoints ? `    lua-load ${plan.luaPath}\n` : ''}    # Room for a long URL, many cookies, and a person's groups, together.
    tune.bufsize 65536
    tune.maxrewrite 32768

defaults
    mode http
    timeout connect 5s
    timeout client 1h
    timeout server 1h
    timeout tunnel 24h
    timeout http-request 30s
    timeout http-keep-alive 60s

frontend ${name}
    ${bindLine(plan)}

${body.join('\n\n')}
    default_backend ${name}-app

# Bodies are streamed: no option http-buffer-request.
backend ${name}-app
    server app ${serverAddress(plan, plan.next)}
${endpoints ? authBackend(plan) : ''}`;
  return { text, warnings: notes };
}

function authBackend(plan: Plan): string {
  const { name, auth } = plan;
  const head = `
# The action reads the address of this server; it must be an address, or a name that resolves when HAProxy starts.
backend ${name}-auth
    server auth `;
  if (auth.scheme === 'http') return `${head}${auth.authority}\n`;
  return `${head}${HOP}

# HAProxy's HTTP client knows no Unix socket, and no name to ask for by TLS: it asks here.
listen ${name}-auth-hop
    bind ${HOP}
    server auth ${serverAddress(plan, auth)}
`;
}

function serverAddress(
  { upstreamCa }: Plan,
  { scheme, socket, authority, host }: Endpoint,
): string {
  if (scheme === 'unix') return `unix@${socket}`;
  if (scheme === 'http') return authority;
  const name = `str(${host})`;
  return `${authority} ssl verify required verifyhost ${host} sni ${name} ca-file ${upstreamCa ?? '@system-ca'}`;
}

function bindLine({ listen: { address, port }, tls }: Plan): string {
  // HAProxy reads certificate and key from one file, or the key from the same name with .key behind it.
  const ssl = tls ? ` ssl crt ${tls.cert} alpn h2,http/1.1` : '';
  // Both families on one socket, where that was asked for.
  const where = address === '[::]' ? `:::${port} v4v6` : `${address}:${port}`;
  return `bind ${where}${ssl}${tls ? `\n    # The key of that certificate: in the same file, or as ${tls.cert}.key.` : ''}`;
}

function hostLines({ domain, parentDomain }: Plan): string {
  const match =
    parentDomain === undefined
      ? `-i ${domain}`
      : `-m reg -i ^[a-z0-9_-]+[.]${parentDomain.replaceAll('.', '[.]')}$`;
  return `    http-request deny deny_status 421 unless { req.hdr(host),field(1,:) ${match} }`;
}

function deleteLines({ deleted }: Plan): string {
  return `    # 1. Nobody but the authorization server names a user: delete what the client sends, in every spelling.
    option http-restrict-req-hdr-names delete
${[...new Set(deleted.map(aliasPattern))].map((pattern) => `    http-request del-header ${pattern} -m reg`).join('\n')}`;
}

function forwardedLines({ scheme }: Plan): string {
  return `    # What a client says about itself.
${CLIENT_CLAIMS.map((header) => `    http-request del-header ${header}`).join('\n')}
    http-request set-header X-Real-IP %[src]
    http-request set-header X-Forwarded-For %[src]
    http-request set-header X-Forwarded-Proto ${scheme}
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]`;
}

function connectionLines(): string {
  return `    # 2. Connection is rebuilt: a client's "Connection: Remote-User" must name nothing.
    acl websocket req.hdr(Upgrade) -i websocket
    http-request del-header Connection
    http-request set-header Connection Upgrade if websocket
    http-request del-header Upgrade unless websocket`;
}

/** What only the authorization server needs. */
function cleanLines(plan: Plan): string {
  const { hideSession, hiddenCookies, server, endpoints } = plan;
  const target = `    # 4. The question is over: the application reads none of what it was asked with.
    http-request del-header X-Forwarded-Method
    http-request del-header X-Forwarded-URI
    http-request del-header X-Original-Method
    http-request del-header X-Original-URL`;
  const unauthorized = `    # A 401 says how to sign in.
    http-after-response set-header Location %[var(txn.auth_response_location)] if { status 401 } { var(txn.auth_response_location) -m found }
    http-after-response set-header WWW-Authenticate %[var(txn.auth_response_www_authenticate)] if { status 401 } { var(txn.auth_response_www_authenticate) -m found }`;
  if (!endpoints) return '';
  if (!hideSession) return `${target}\n\n${unauthorized}`;
  const own = server.ownPath === undefined ? '' : ' if !own';
  const { asked } = conditions(plan);
  const pattern = `(^|;)[\\ \\t]*${cookiePattern(hiddenCookies).replace('(?:', '(')}=[^;]*`;
  // Once for each line: HAProxy replaces the whole value.
  const takeOut = `    http-request replace-header Cookie ^(.*)${pattern}(.*)$ \\1\\4${own}`;
  return `${target}
    # Nor what signs somebody in at ${server.label}: its cookie, and the passwords of Basic.
${[takeOut, takeOut, takeOut].join('\n')}
    http-request del-header Cookie if { req.fhdr(Cookie) -m reg ${pattern} }${own === '' ? '' : ' !own'}
    http-request replace-header Cookie ^[;\\ \\t]+(.*)$ \\1${own}
    http-request del-header Cookie unless { req.fhdr(Cookie) -m reg . }
    http-request del-header Authorization if { req.fhdr(Authorization) -m reg -i ^basic([\\ \\t]|$) }${asked === '' ? '' : ` ${asked}`}

${unauthorized}`;
}
