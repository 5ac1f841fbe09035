import { CLIENT_CLAIMS } from './client-claims.js';
import { indent } from './heading.js';
import { cookiePattern } from './hidden-session.js';
import { LARGE_HEAD, questionLines, questionLocations, variable } from './nginx-question.js';
import { proxyPass } from './nginx-upstream.js';
import type { Plan } from './plan.js';

/**
 * What goes into a `server` block of nginx, and of everything that is nginx inside: deletes, asks, sets, passes on.
 *
 * Deletes for the whole server: `proxy_set_header` is inherited by every location that has none of its own. The one that
 * asks has them all once more, with the user of the answer in them.
 */
export function nginxLocations(plan: Plan): string {
  const { endpoints, bypass } = plan;
  return [
    hostCheck(plan),
    connectionVariables(),
    ...hiddenSession(plan),
    deletedAtServer(plan),
    streaming(),
    ...(endpoints ? questionLocations(plan, endpoints) : []),
    ...ownLocation(plan),
    ...(endpoints ? bypass.map((prefix) => bypassLocations(plan, prefix)) : []),
    appLocation(plan),
  ].join('\n\n');
}

/** nginx chooses the server by the target where that has a host (RFC 9112 section 3.2.2), and $http_host is another then. */
function hostCheck({ domain, parentDomain }: Plan): string {
  const name = (parentDomain ?? domain).replaceAll('.', '\\.');
  const pattern = `^${parentDomain === undefined ? '' : '[a-z0-9_-]+\\.'}${name}(:[0-9]+)?$`;
  return `# "GET https://${domain}/ HTTP/1.1" with another Host would be judged as a request for that one.
if ($http_host !~* "${pattern}") {
    return 421;
}`;
}

function connectionVariables(): string {
  return `# Connection is rebuilt: a client's "Connection: Remote-User" must name nothing.
set $th_connection "";
set $th_upgrade "";
if ($http_upgrade ~* "^websocket$") {
    set $th_connection "upgrade";
    set $th_upgrade "websocket";
}`;
}

/** nginx replaces once, so that it takes a line for each; who has more cookies of that name than lines is left without any. */
function hiddenSession({ hideSession, hiddenCookies, server }: Plan): readonly string[] {
  if (!hideSession) return [];
  const pattern = `(^|;)[ \\t]*${cookiePattern(hiddenCookies)}=[^;]*`;
  const takeOut = `if ($th_cookie ~ "^(.*?)${pattern}(.*)$") {
    set $th_cookie "$1$3";
}`;
  return [
    `# The application must not get what signs somebody in at ${server.label}: its cookie, and the passwords of Basic.
set $th_cookie $http_cookie;
set $th_authorization $http_authorization;
${[takeOut, takeOut, takeOut].join('\n')}
if ($th_cookie ~ "${pattern}") {
    set $th_cookie "";
}
if ($th_cookie ~ "^[; \\t]+(.*)$") {
    set $th_cookie $1;
}
if ($http_authorization ~* "^basic([ \\t]|$)") {
    set $th_authorization "";
}`,
  ];
}

function deletedAtServer(plan: Plan): string {
  return `# A header under another spelling (Remote_User, Remote.User) is dropped. Both are nginx's defaults; where several
# servers share a socket, its first server decides, so keep them in the http block too.
underscores_in_headers off;
ignore_invalid_headers on;

# For every location that has no proxy_set_header of its own: nobody names a user there.
${headers(plan, () => '""')}`;
}

/** nginx replaces a client's copy, and sends no header whose value is empty. */
function headers(plan: Plan, user: (header: string) => string): string {
  const { identity, alsoDeleted, scheme, hideSession } = plan;
  const session = hideSession
    ? 'proxy_set_header Cookie $th_cookie;\nproxy_set_header Authorization $th_authorization;\n'
    : '';
  return `${setEach(identity, user)}
${setEach([...alsoDeleted, ...CLIENT_CLAIMS], () => '""')}
proxy_set_header Connection $th_connection;
proxy_set_header Upgrade $th_upgrade;
${session}proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-Proto ${scheme};
proxy_set_header X-Forwarded-Host $http_host;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Real-IP $remote_addr;`;
}

function streaming(): string {
  return `# A line of the head may be as long as what Authelia reads then: sessions come in several cookies of 4 KB.
large_client_header_buffers 4 16k;

# Bodies are streamed both ways, whatever their size.
proxy_http_version 1.1;
client_max_body_size 0;
proxy_request_buffering off;
proxy_buffering off;
proxy_read_timeout 1h;
proxy_send_timeout 1h;`;
}

function appLocation(plan: Plan): string {
  const { endpoints, server } = plan;
  if (!endpoints) {
    return `# ${server.label} asks and names the user itself.
location / {
${indent(proxyPass(plan, plan.next), '    ')}
}`;
  }
  const cookie = endpoints.signIn.by === 'answer' ? '' : 'add_header Set-Cookie $th_set_cookie;\n';
  return `location / {
${indent(
  `${questionLines(plan, endpoints)}
${cookie}
# The user comes from the authorization response alone.
${headers(plan, variable)}
${proxyPass(plan, plan.next)}`,
  '    ',
)}
}`;
}

function bypassLocations(plan: Plan, prefix: string): string {
  const body = `    # No sign-in here, and so no user.${
    plan.hideSession
      ? `
    # Nobody has asked, so that credentials are the application's own.
    set $th_authorization $http_authorization;`
      : ''
  }
${indent(proxyPass(plan, plan.app), '    ')}
}`;
  return `location = ${prefix} {\n${body}\n\nlocation ^~ ${prefix}/ {\n${body}`;
}

/** The authorization server's own pages on the application's host. */
function ownLocation(plan: Plan): string[] {
  const { server, auth, hideSession } = plan;
  if (server.ownPath === undefined) return [];
  const session = hideSession
    ? '    set $th_cookie $http_cookie;\n    set $th_authorization $http_authorization;\n'
    : '';
  return [
    `location ^~ ${server.ownPath}/ {
${session}${indent(LARGE_HEAD, '    ')}
${indent(proxyPass(plan, auth), '    ')}
}`,
  ];
}

function setEach(headers: readonly string[], value: (header: string) => string): string {
  return headers.map((header) => `proxy_set_header ${header} ${value(header)};`).join('\n');
}
