import { ASKED_WITH, type Endpoints } from './auth-server.js';
import { caddyUpstream, trustLines } from './caddy-upstream.js';
import { indent } from './heading.js';
import type { Plan } from './plan.js';
import { isAtLeast } from './versions.js';

/** What browsers and programs send, and no endpoint reads. */
const NOT_ASKED_WITH: readonly string[] = [
  'Accept-*',
  'Access-Control-*',
  'Cache-Control',
  'Cdn-*',
  'Cf-*',
  'Connection',
  'Content-*',
  'Dnt',
  'Expect',
  'From',
  'If-*',
  'Keep-Alive',
  'Origin',
  'Pragma',
  'Priority',
  'Proxy-*',
  'Range',
  'Referer',
  'Save-Data',
  'Sec-*',
  'Te',
  'Traceparent',
  'Tracestate',
  'Trailer',
  'Upgrade*',
  'Via',
  'X-Authelia-*',
  'X-Real-Ip',
];

/** Whether this Caddy can leave out everything but a few headers; Debian's 2.6 panics there. Run with 2.6.2 and 2.11.9. */
export function asksExactly(version: readonly number[] | undefined): boolean {
  return version !== undefined && isAtLeast(version, [2, 11]);
}

/** Asks the authorization server, and copies the user out of its answer. */
export function caddyQuestion(plan: Plan, endpoints: Endpoints): string {
  const { server, auth, portal, identity, bypass } = plan;
  // Without a question mark Caddy would add the client's own query to the question.
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '?';
  const matcher = bypass.length > 0 ? '@protected ' : '';
  const defined =
    bypass.length > 0 ? `@protected {\n${indent(caddyProtected(bypass), '\t')}\n}\n` : '';
  return `# 3. Ask, with what the endpoint reads and no more: it must fit there. Anything but 2xx is the answer to the browser.
${variables(plan)}${defined}reverse_proxy ${matcher}${caddyUpstream(auth)} {
	method GET
	rewrite ${auth.path}${endpoints.caddy}${query}
${indent(questionHeaders(plan), '\t')}${trustLines(plan, auth)}

	# 4. The user comes from this answer alone. A header that it lacks, or leaves empty, stays deleted.
	@ok status 2xx
	handle_response @ok {
		route {
${indent(identity.map(copyLines).join('\n'), '\t\t\t')}
		}
	}${signIn(plan, endpoints)}
}`;
}

/** Caddy cleans a path before it compares, but not the end of /public/.. , which an application may read as /. */
export function caddyProtected(bypass: readonly string[]): string {
  return `not {
	path ${bypass.flatMap((prefix) => [prefix, `${prefix}/*`]).join(' ')}
	not vars_regexp {http.request.uri.path} (^|/)[.][.]?(/|$)
}`;
}

function variables({ version }: Plan): string {
  if (!asksExactly(version)) return '';
  return `vars {
	th_address {http.request.remote.host}
	th_host {http.request.hostport}
}
`;
}

/** Caddy sets X-Forwarded-For and -Host itself, before these. */
function questionHeaders({ version, scheme }: Plan): string {
  const target = `header_up X-Forwarded-Method {http.request.method}
header_up X-Forwarded-Uri {http.request.uri}
header_up X-Forwarded-Proto ${scheme}`;
  if (!asksExactly(version)) {
    return `${NOT_ASKED_WITH.map((header) => `header_up -${header}`).join('\n')}\n${target}`;
  }
  return `header_up -*
${ASKED_WITH.map((header) => `header_up ${header} {http.request.header.${header}}`).join('\n')}
# Several lines come with commas between them, and cookies want semicolons.
header_up Cookie , "; "
${target}
header_up X-Forwarded-Host {vars.th_host}
header_up X-Forwarded-For {vars.th_address}`;
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

/** Where the answer is a bare 401: a page is sent to the sign-in, and a program told so. */
function signIn(plan: Plan, { signIn: how }: Endpoints): string {
  if (how.by === 'answer' || !how.bareUnauthorized) return '';
  const { scheme, auth, portal = '' } = plan;
  const here = `${scheme}://{http.request.hostport}{http.request.uri}`;
  const redirect =
    how.by === 'start'
      ? `reverse_proxy ${caddyUpstream(auth)} {
	method GET
	rewrite ${how.path}?
	header_up X-Auth-Request-Redirect {http.request.uri}
	header_up X-Forwarded-Proto ${scheme}${trustLines(plan, auth)}
}`
      : `redir * ${how.by === 'portal' ? portal : ''}${how.path}${here} 302`;
  return `

	@unauthorized status 401
	handle_response @unauthorized {
		route {
			@script header_regexp X-Requested-With (?i)^XMLHttpRequest$
			respond @script 401
			@program not header_regexp Accept "(^|,) *text/html *([;,]|$)|^ *[*]/[*] *([;,]|$)"
			respond @program 401
			@form not method GET HEAD OPTIONS
			redir @form ${here} 303
${indent(redirect, '\t\t\t')}
		}
	}`;
}
