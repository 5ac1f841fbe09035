import { CLIENT_CLAIMS } from './client-claims.js';
import { heading } from './heading.js';
import { deletedNames } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';

const HOP = [
  'Apache httpd has no forward authentication, and Authelia does not support it there. So this makes it the OUTER hop: --app is an inner proxy (nginx, Caddy, Traefik or HAProxy, with a configuration printed by this command), which asks the authorization server.',
  'TRUSTED_PROXIES of the application is the address of that inner proxy, never of Apache; and the inner proxy must listen where only Apache reaches it.',
  'the inner proxy hides the session from the application; a path of --bypass is its business too.',
  'without an inner proxy, mod_auth_openidc signs people in by OpenID Connect: see the end of this file.',
];

/** In front of a product that names the user itself there is no other hop between. */
function notesFor({ endpoints, next, domain }: Plan): readonly string[] {
  return [
    ...(endpoints ? HOP : ['Apache httpd deletes, and passes on; it asks nobody.']),
    ...(next.scheme === 'https'
      ? [
          `the certificate of ${next.authority} must be for ${domain}: Apache asks there for the name that browsers use.`,
        ]
      : []),
  ];
}

/** Apache httpd 2.4.54 or later as the outer hop. */
export function apache(plan: Plan): ProxyConfig {
  const { listen, tls } = plan;
  const notes = notesFor(plan);
  const text = `${heading(plan, 'Apache httpd as the outer hop', notes, plan.endpoints ? 'the inner proxy' : plan.server.label)}

# a2enmod proxy proxy_http headers env${tls ? ' ssl http2' : ''}
${listen.given ? `Listen ${listen.address === '' ? '' : `${listen.address}:`}${listen.port}\n` : ''}
<VirtualHost ${listen.address === '' ? '*' : listen.address}:${listen.port}>
    # The first virtual host of an address also gets requests for other hosts: they reach nothing.
    ServerName unknown.invalid
    # The first also says how long a line of the head may be: sessions come in several cookies of 4 KB.
    LimitRequestFieldSize 16380
${tlsLines(plan)}    Redirect 421 /
</VirtualHost>

<VirtualHost ${listen.address === '' ? '*' : listen.address}:${listen.port}>
${serverName(plan)}
${tlsLines(plan)}    HttpProtocolOptions Strict
    AllowEncodedSlashes NoDecode
    LimitRequestFieldSize 16380
    LimitRequestBody 0

${deleteLines(plan)}

${forwardedLines(plan)}

    # Connection is rebuilt: Apache would remove the headers that a client names in it.
    RequestHeader set Connection close "expr=%{HTTP:Connection} =~ /\\bclose\\b/i"
    RequestHeader unset Connection "expr=%{HTTP:Connection} != 'close'"
    RequestHeader set Connection Upgrade "expr=%{HTTP:Upgrade} =~ /^websocket$/i"

    # Pass on, streaming both ways; nocanon keeps the path as it was asked for.
    ProxyRequests Off
    ProxyPreserveHost On
    ProxyTimeout 3600
    SetEnv proxy-sendchunked 1
${tlsToNext(plan)}    ProxyPass "/" "${target(plan)}" nocanon upgrade=websocket flushpackets=on
    ProxyPassReverse "/" "${target(plan)}"
</VirtualHost>

${plan.endpoints ? `${openIdConnect(plan)}\n` : ''}`;
  return { text, warnings: notes };
}

function serverName({ domain, parentDomain }: Plan): string {
  if (parentDomain === undefined) return `    ServerName ${domain}`;
  return `    ServerName ${parentDomain}\n    ServerAlias ${domain}`;
}

function target({ next }: Plan): string {
  return next.socket === '' ? `${next.url}/` : `unix:${next.socket}|http://${next.host}/`;
}

function tlsToNext({ next, upstreamCa }: Plan): string {
  if (next.scheme !== 'https') return '';
  return `    SSLProxyEngine on
    SSLProxyVerify require
    SSLProxyCheckPeerName on
    SSLProxyCACertificateFile ${upstreamCa ?? '/etc/ssl/certs/ca-certificates.crt'}
`;
}

function tlsLines({ tls }: Plan): string {
  if (!tls) return '';
  return `    SSLEngine on
    SSLCertificateFile ${tls.cert}
    SSLCertificateKeyFile ${tls.key}
    SSLProtocol -all +TLSv1.2 +TLSv1.3
    Protocols h2 http/1.1
`;
}

function deleteLines(plan: Plan): string {
  return `    # Nobody outside names a user: delete what the client sends, in every spelling, before anything else.
${deletedNames(plan)
  .map((name) => `    RequestHeader unset ${name} early`)
  .join('\n')}`;
}

function forwardedLines({ scheme }: Plan): string {
  return `    # What the inner proxy may believe; mod_proxy puts the browser's address into X-Forwarded-For.
    # mod_proxy sets X-Forwarded-For, -Host and -Server behind these.
${[...CLIENT_CLAIMS, 'X-Forwarded-For', 'X-Forwarded-Host'].map((header) => `    RequestHeader unset ${header} early`).join('\n')}
    RequestHeader set X-Forwarded-Proto ${scheme} early
    RequestHeader set X-Real-IP "expr=%{REMOTE_ADDR}"`;
}

function openIdConnect({ portal, domain, app, identity, server }: Plan): string {
  const [user = 'Remote-User', groups = 'Remote-Groups'] = identity;
  const separator = server.headers.groups?.separator ?? ',';
  return `# Without an inner proxy: OpenID Connect with mod_auth_openidc (a2enmod auth_openidc), in the place of "Pass on".
# Keep the lines that delete. Register the client at ${server.label} first. TRUSTED_PROXIES is then Apache's address.
#
#   OIDCProviderMetadataURL ${portal ?? 'https://auth.example.com'}/.well-known/openid-configuration
#   OIDCClientID app
#   OIDCClientSecret "exec:/bin/cat /etc/apache2/oidc-client-secret"
#   OIDCCryptoPassphrase "exec:/bin/cat /etc/apache2/oidc-passphrase"
#   OIDCRedirectURI https://${domain}/oidc/callback
#   OIDCScope "openid profile email groups"
#   OIDCRemoteUserClaim preferred_username
#   OIDCClaimDelimiter "${separator}"
#   OIDCPassClaimsAs environment utf8
#   <Location "/">
#       AuthType openid-connect
#       Require valid-user
#       RequestHeader set ${user} "expr=%{REMOTE_USER}"
#       RequestHeader set ${groups} "expr=%{reqenv:OIDC_CLAIM_groups}"
#   </Location>
#   ProxyPass "/oidc/callback" "!"
#   ProxyPass "/" "${app.url}/" nocanon upgrade=websocket flushpackets=on`;
}
