import { asksExactly, caddyProtected, caddyQuestion } from './caddy-question.js';
import { caddyUpstream, trustLines } from './caddy-upstream.js';
import { CLIENT_CLAIMS, SET_CLAIMS } from './client-claims.js';
import { comment, heading, indent } from './heading.js';
import { cookiePattern } from './hidden-session.js';
import { deletedNames } from './identity-headers.js';
import type { Plan } from './plan.js';
import type { ProxyConfig } from './settings.js';
import { isAtLeast } from './versions.js';

/** Caddy 2.6 or later. The lines of a `route` run in the order in which they are written. */
export function caddy(plan: Plan): ProxyConfig {
  const warnings = warningsFor(plan);
  const text = `${heading(plan, 'Caddyfile', warnings)}
${globalOptions(plan)}
${siteAddress(plan)} {${bindLine(plan)}${tlsLine(plan)}
	route {
${indent(
  [
    deleteLines(plan),
    connectionLines(),
    ...ownPath(plan),
    ...(plan.endpoints ? [caddyQuestion(plan, plan.endpoints)] : []),
    ...hideLines(plan),
    appProxy(plan),
  ].join('\n\n'),
  '\t\t',
)}
	}
}
`;
  return { text, warnings };
}

function warningsFor({ version, endpoints, parentDomain }: Plan): string[] {
  if (!endpoints) return [];
  const unfixed =
    version && isAtLeast(version, [2, 9]) && !isAtLeast(version, [2, 11, 2])
      ? 'of Caddy 2.9.0 to 2.11.1, which this is, '
      : '';
  return [
    `the block below must not be shortened to forward_auth with copy_headers: up to 2.8 that sends a literal placeholder where the answer has no user, and ${unfixed || 'in 2.9.0 to 2.11.1 '}it keeps the client's own header (CVE-2026-30851).`,
    ...(parentDomain === undefined
      ? []
      : ['a certificate for *. needs tls with a DNS provider, or --tls-cert.']),
    ...(asksExactly(version)
      ? []
      : [
          'headers of your own that clients send reach the authorization server too: Caddy before 2.11 cannot leave out all but a few. With --proxy-version 2.11 or later it does.',
        ]),
  ];
}

function globalOptions({ listen, tls }: Plan): string {
  // With a port of its own, Caddy must not also want 80, 443 and a certificate.
  if (!listen.given) return '';
  return `{\n\tauto_https ${tls ? 'disable_redirects' : 'off'}\n}\n`;
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
${namesToDelete(plan)
  .map((name) => `request_header -${name}`)
  .join('\n')}
request_header X-Real-IP {http.request.remote.host}`;
}

/** Caddy before 2.11 passes on other spellings, also of what is set below. */
function namesToDelete(plan: Plan): readonly string[] {
  const alsoDeleted = [...plan.alsoDeleted, ...CLIENT_CLAIMS, ...SET_CLAIMS];
  return deletedNames({ ...plan, alsoDeleted }).filter((name) => !SET_CLAIMS.includes(name));
}

function connectionLines(): string {
  return `# 2. Connection is rebuilt: a client's "Connection: Remote-User" would make Caddy remove what is set below.
@websocket header_regexp Upgrade (?i)^websocket$
@plain not header_regexp Upgrade (?i)^websocket$
request_header @websocket Connection Upgrade
request_header @plain -Connection
request_header @plain -Upgrade`;
}

function ownPath(plan: Plan): string[] {
  const { server, auth, scheme } = plan;
  if (server.ownPath === undefined) return [];
  return [
    `${comment([`The sign-in pages of ${server.label}.`])}
reverse_proxy ${server.ownPath}/* ${caddyUpstream(auth)} {
	header_up X-Forwarded-Proto ${scheme}${trustLines(plan, auth)}
}`,
  ];
}

/** After the question, which needs them. Caddy 2.6 takes an empty replacement for none, so it is an empty group. */
function hideLines({ hideSession, hiddenCookies, server, bypass }: Plan): string[] {
  if (!hideSession) return [];
  return [
    `${comment([
      `5. The application must not get what signs somebody in at ${server.label}: its cookie, and the passwords of Basic.`,
    ])}
request_header Cookie "(^|;)[ \\t]*${cookiePattern(hiddenCookies)}=[^;]*()" "$2"
request_header Cookie "^[; \\t]+()" "$1"
@no_cookie not header_regexp Cookie .
request_header @no_cookie -Cookie
@basic {
	header_regexp Authorization "(?i)^basic([ \\t]|$)"${
    bypass.length > 0 ? `\n${indent(caddyProtected(bypass), '\t')}` : ''
  }
}
request_header @basic -Authorization`,
  ];
}

function appProxy(plan: Plan): string {
  const { next, scheme } = plan;
  return `# 6. Pass on, streaming both ways; X-Forwarded-For and -Host are Caddy's own.
reverse_proxy ${caddyUpstream(next)} {
	flush_interval -1
	header_up X-Forwarded-Proto ${scheme}${trustLines(plan, next)}
}`;
}
