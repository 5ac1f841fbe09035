import { comment, heading, indent } from './heading.js';
import { deletedNames } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';
import { isAtLeast } from './versions.js';

/** Caddy 2.6 or later. The lines of a `route` run in the order in which they are written. */
export function caddy(plan: Plan): ProxyConfig {
  const warnings = warningsFor(plan);
  const text = `${heading(plan, 'Caddyfile', warnings)}

${globalOptions(plan)}${siteAddress(plan)} {${bindLine(plan)}${tlsLine(plan)}
	route {
${indent([deleteLines(plan), connectionLines(), ...ownPath(plan), question(plan), appProxy(plan)].join('\n\n'), '\t\t')}
	}
}
`;
  return { text, warnings };
}

function warningsFor({ version }: Plan): string[] {
  const unfixed =
    version && isAtLeast(version, [2, 9]) && !isAtLeast(version, [2, 11, 2])
      ? 'of Caddy 2.9.0 to 2.11.1, which this is, '
      : '';
  return [
    `the block below must not be shortened to forward_auth with copy_headers: up to 2.8 that sends a literal placeholder where the answer has no user, and ${unfixed || 'in 2.9.0 to 2.11.1 '}it keeps the client's own header (CVE-2026-30851).`,
  ];
}

function globalOptions({ listen, tls }: Plan): string {
  // With a port of its own, Caddy must not also want 80, 443 and a certificate.
  return listen.given && !tls ? '{\n\tauto_https off\n}\n\n' : '';
}

function siteAddress({ domain, listen, tls, scheme }: Plan): string {
  if (!listen.given) return tls || scheme === 'https' ? domain : `http://${domain}`;
  return `${tls ? 'https' : 'http'}://${domain}:${listen.port}`;
}

function bindLine({ listen }: Plan): string {
  return listen.address === '' ? '' : `\n\tbind ${listen.address.replace(/^\[|\]$/g, '')}`;
}

function tlsLine({ tls }: Plan): string {
  return tls ? `\n\ttls ${tls.cert} ${tls.key}` : '';
}

function deleteLines(plan: Plan): string {
  return `${comment(['1. Nobody but the authorization server names a user: delete what the client sends, in every spelling.'])}
${deletedNames(plan)
  .map((name) => `request_header -${name}`)
  .join('\n')}`;
}

function connectionLines(): string {
  return `# 2. Connection is rebuilt: a client's "Connection: Remote-User" would make Caddy remove what is set below.
@websocket header_regexp Upgrade (?i)^websocket$
@plain not header_regexp Upgrade (?i)^websocket$
request_header @websocket Connection Upgrade
request_header @plain -Connection
request_header @plain -Upgrade`;
}

function ownPath({ server, auth, scheme }: Plan): string[] {
  if (server.ownPath === undefined) return [];
  return [
    `${comment([`The sign-in pages of ${server.label}.`])}
reverse_proxy ${server.ownPath}/* ${auth.url} {
	header_up X-Forwarded-Proto ${scheme}
}`,
  ];
}

function question(plan: Plan): string {
  const { server, auth, portal, identity, scheme, bypass } = plan;
  // Without a question mark Caddy would add the client's own query to the question.
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '?';
  const matcher = bypass.length > 0 ? '@protected ' : '';
  // Caddy cleans a path before it compares, but not the end of /public/.. , which an application may read as /.
  const defined =
    bypass.length > 0
      ? `@protected {
	not {
		path ${bypass.flatMap((prefix) => [prefix, `${prefix}/*`]).join(' ')}
		not vars_regexp {http.request.uri.path} (^|/)[.][.]?(/|$)
	}
}
`
      : '';
  return `# 3. Ask. Anything but 2xx is the answer to the browser.
${defined}reverse_proxy ${matcher}${auth.url} {
	method GET
	rewrite ${server.forwardAuthPath.caddy}${query}
	header_up X-Forwarded-Method {http.request.method}
	header_up X-Forwarded-Uri {http.request.uri}
	header_up X-Forwarded-Proto ${scheme}
	header_up X-Forwarded-Host {http.request.hostport}
	header_up X-Original-Method {http.request.method}
	header_up X-Original-URL ${scheme}://{http.request.hostport}{http.request.uri}
	header_up -Connection
	header_up -Upgrade

	# 4. The user comes from this answer alone. A header that it lacks, or leaves empty, stays deleted.
	@ok status 2xx
	handle_response @ok {
		route {
${indent(identity.map(copyLines).join('\n'), '\t\t\t')}
		}
	}${signIn(plan)}
}`;
}

/**
 * Sets a header, and deletes it again where the answer had none.
 *
 * A placeholder without a value is sent as it is written up to Caddy 2.8, and matchers on it differ between versions; what
 * the header then holds can be told in all of them.
 */
function copyLines(header: string, i: number): string {
  return `request_header ${header} {http.reverse_proxy.header.${header}}
@empty${i} header_regexp ${header} ^([{]http[.]reverse_proxy[.].*)?$
request_header @empty${i} -${header}`;
}

function signIn({ server, scheme }: Plan): string {
  if (!server.bareUnauthorized) return '';
  return `

	@unauthorized status 401
	handle_response @unauthorized {
		redir * ${server.signInPath}${scheme}://{http.request.hostport}{http.request.uri} 302
	}`;
}

function appProxy({ app, scheme }: Plan): string {
  return `# 5. Pass on, streaming both ways; X-Forwarded-For and -Host are Caddy's own.
reverse_proxy ${app.url} {
	flush_interval -1
	header_up X-Forwarded-Proto ${scheme}
}`;
}
