import type { Plan } from './plan.js';

/** nginx's variable for the n-th identity header of the authorization response. */
const variable = (header: string): string => `$th_${header.toLowerCase().replaceAll('-', '_')}`;

/**
 * What goes into a `server` block of nginx, and of everything that is nginx inside: deletes, asks, sets, passes on.
 *
 * `proxy_set_header` is inherited by a location only where that has none of its own, so every location here has them all.
 */
export function nginxLocations(plan: Plan): string {
  return [
    hostCheck(plan),
    connectionVariables(),
    deletedAtServer(plan),
    authzLocation(plan),
    ...ownLocation(plan),
    ...plan.bypass.map((prefix) => bypassLocations(plan, prefix)),
    appLocation(plan),
    ...signInLocation(plan),
  ].join('\n\n');
}

/** nginx chooses the server by the target where that has a host (RFC 9112 section 3.2.2), and $http_host is another then. */
function hostCheck({ domain }: Plan): string {
  return `# "GET https://${domain}/ HTTP/1.1" with another Host would be judged as a request for that one.
if ($http_host !~* "^${domain.replaceAll('.', '\\.')}(:[0-9]+)?$") {
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

function deletedAtServer(plan: Plan): string {
  return `# A header under another spelling (Remote_User, Remote.User) is dropped. Both are nginx's defaults; where several
# servers share a socket, its first server decides, so keep them in the http block too.
underscores_in_headers off;
ignore_invalid_headers on;

# For locations that somebody adds below without a proxy_set_header of their own: no client may name a user there.
${setEach(plan.deleted, () => '""')}
proxy_set_header Connection $th_connection;
proxy_set_header Upgrade $th_upgrade;
${forwarded(plan)}`;
}

function authzLocation(plan: Plan): string {
  const { auth, server, portal, scheme } = plan;
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  return `location = /internal/trusted-header-authz {
    internal;
    proxy_pass ${auth.url}${server.authRequestPath}${query};
    proxy_http_version 1.1;
    # The question has no body, whatever the size of the request's, and nothing that a client says about itself.
    client_max_body_size 0;
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header Transfer-Encoding "";
    proxy_set_header Connection "";
    proxy_set_header Upgrade "";
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Original-URL ${scheme}://$http_host$request_uri;
    proxy_set_header X-Forwarded-Method $request_method;
${indented(forwarded(plan))}
${indented(setEach(plan.deleted, () => '""'))}
}`;
}

function appLocation(plan: Plan): string {
  const { identity, server } = plan;
  const cookie =
    server.signInPath === undefined
      ? ''
      : `    auth_request_set $th_cookie $upstream_http_set_cookie;
    add_header Set-Cookie $th_cookie;
`;
  const signIn =
    server.signInPath === undefined
      ? `    auth_request_set $th_sign_in $upstream_http_location;
    error_page 401 =302 $th_sign_in;
`
      : '    error_page 401 = @trusted_header_sign_in;\n';
  return `location / {
    auth_request /internal/trusted-header-authz;
${cookie}${signIn}
    # The user comes from the authorization response alone. nginx sends no header whose value is empty, and a
    # client's copy is replaced either way.
${indented(identity.map((header) => `auth_request_set ${variable(header)} $upstream_http_${header.toLowerCase().replaceAll('-', '_')};`).join('\n'))}
${indented(setEach(identity, variable))}
${indented(setEach(plan.server.alsoDeleted, () => '""'))}
${indented(toApp(plan))}
}`.replace(/\n\n(?= {4}proxy_set_header)/g, '\n');
}

function bypassLocations(plan: Plan, prefix: string): string {
  const body = `    # No sign-in here, and so no user: identity headers are deleted all the same.
${indented(setEach(plan.deleted, () => '""'))}
${indented(toApp(plan))}
}`;
  return `location = ${prefix} {\n${body}\n\nlocation ^~ ${prefix}/ {\n${body}`;
}

/** The authorization server's own pages on the application's host. */
function ownLocation(plan: Plan): string[] {
  const { server, auth } = plan;
  if (server.ownPath === undefined) return [];
  return [
    `location ^~ ${server.ownPath}/ {
    proxy_pass ${auth.url};
    proxy_http_version 1.1;
    proxy_set_header Connection $th_connection;
    proxy_set_header Upgrade $th_upgrade;
    proxy_set_header X-Original-URL ${plan.scheme}://$http_host$request_uri;
${indented(forwarded(plan))}
${indented(setEach(plan.deleted, () => '""'))}
}`,
  ];
}

function signInLocation({ server, scheme }: Plan): string[] {
  if (server.signInPath === undefined) return [];
  return [
    `location @trusted_header_sign_in {
    internal;
    return 302 ${server.signInPath}${scheme}://$http_host$request_uri;
}`,
  ];
}

function toApp(plan: Plan): string {
  return `proxy_set_header Connection $th_connection;
proxy_set_header Upgrade $th_upgrade;
${forwarded(plan)}
proxy_http_version 1.1;
# Bodies are streamed both ways, whatever their size.
client_max_body_size 0;
proxy_request_buffering off;
proxy_buffering off;
proxy_read_timeout 1h;
proxy_send_timeout 1h;
proxy_pass ${plan.app.url};`;
}

function forwarded({ scheme }: Plan): string {
  return `proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-Proto ${scheme};
proxy_set_header X-Forwarded-Host $http_host;
proxy_set_header X-Forwarded-URI $request_uri;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header Forwarded "";`;
}

function setEach(headers: readonly string[], value: (header: string) => string): string {
  return headers.map((header) => `proxy_set_header ${header} ${value(header)};`).join('\n');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}
