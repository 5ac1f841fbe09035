import { ASKED_WITH, type Endpoints, type SignIn } from './auth-server.js';
import { indent } from './heading.js';
import { proxyPass } from './nginx-upstream.js';
import type { Plan } from './plan.js';

const QUESTION = '/internal/trusted-header-authz';
const SIGN_IN = '@trusted_header_sign_in';

/** Room for an answer's head; without it nginx has a page of 4 KB, and gives up at 145 groups. */
export const LARGE_HEAD = `proxy_buffer_size 32k;
proxy_buffers 8 32k;
proxy_busy_buffers_size 64k;`;

/** nginx's variable for an identity header of the authorization response. */
export const variable = (header: string): string =>
  `$th_${header.toLowerCase().replaceAll('-', '_')}`;

/** The locations by which nginx asks, and by which somebody who is not signed in is answered. */
export function questionLocations(plan: Plan, endpoints: Endpoints): readonly string[] {
  return [authzLocation(plan, endpoints), signInLocation(plan, endpoints.signIn)];
}

/** What a location has that asks first: the user comes from the answer. */
export function questionLines({ identity }: Plan, { signIn }: Endpoints): string {
  const kept: readonly (readonly [variable: string, header: string])[] = [
    ['$th_www_authenticate', 'WWW-Authenticate'],
    ['$th_set_cookie', 'Set-Cookie'],
    ...(signIn.by === 'answer' ? [['$th_sign_in', signIn.header] as const] : []),
    ...identity.map((header) => [variable(header), header] as const),
  ];
  return `auth_request ${QUESTION};
${kept.map(([name, header]) => `auth_request_set ${name} ${answered(header)};`).join('\n')}
error_page 401 = ${SIGN_IN};`;
}

function authzLocation(plan: Plan, { authRequest, authRequestReads }: Endpoints): string {
  const { server, portal, scheme } = plan;
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  const original = `
    proxy_set_header X-Original-Method $request_method;
    proxy_set_header X-Original-URL ${scheme}://$http_host$request_uri;`;
  const forwarded = `
    proxy_set_header X-Forwarded-Method $request_method;
    proxy_set_header X-Forwarded-Proto ${scheme};
    proxy_set_header X-Forwarded-Host $http_host;
    proxy_set_header X-Forwarded-URI $request_uri;`;
  return `location = ${QUESTION} {
    internal;
${indent(onlyWhatIsRead(), '    ')}${authRequestReads.includes('original') ? original : ''}${authRequestReads.includes('forwarded') ? forwarded : ''}
    # The answer has a person's groups in its head, and may be as large as one of a directory has.
${indent(LARGE_HEAD, '    ')}
${indent(proxyPass(plan, plan.auth, authRequest + query), '    ')}
}`;
}

/** A question has no body, and of the client's headers those alone that its endpoint reads. */
function onlyWhatIsRead(): string {
  const names = ASKED_WITH.map((header) => [header, `$http_${snake(header)}`] as const);
  return `# The question has no body, and of what the client sends only what its endpoint reads: it must fit there.
client_max_body_size 0;
proxy_http_version 1.1;
proxy_pass_request_body off;
proxy_pass_request_headers off;
proxy_set_header Content-Length "";
proxy_set_header Transfer-Encoding "";
proxy_set_header Connection "";
proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-For $remote_addr;
${names.map(([header, value]) => `proxy_set_header ${header} ${value};`).join('\n')}`;
}

function signInLocation(plan: Plan, signIn: SignIn): string {
  const cookie = 'add_header Set-Cookie $th_set_cookie always;';
  const page = signIn.by === 'answer' ? '' : `set $th_sign_in ${signInUrl(plan, signIn)};\n`;
  const byGet = signIn.by === 'start' ? `${plan.scheme}://$http_host$request_uri` : '$th_sign_in';
  const redirect =
    signIn.by === 'start' ? startLines(plan, signIn.path) : 'return 302 $th_sign_in;';
  const body = `${page}set $th_answer 302;
if ($request_method !~ "^(GET|HEAD|OPTIONS)$") {
    set $th_answer 303;
}
# A program could do nothing with a page, and a browser's script would see no more than an error of CORS.
if ($http_x_requested_with ~* "^XMLHttpRequest$") {
    set $th_answer 401;
}
if ($http_accept !~ "(^|,) *text/html *([;,]|$)|^ *[*]/[*] *([;,]|$)") {
    set $th_answer 401;
}
# Wrong credentials: there is no page to go to.
if ($th_www_authenticate != "") {
    set $th_sign_in "";
}
if ($th_sign_in = "") {
    set $th_answer 401;
}
if ($th_answer = 401) {
    ${cookie}
    add_header Location $th_sign_in always;
    return 401;
}
if ($th_answer = 303) {
    ${cookie}
    return 303 ${byGet};
}
${cookie}
${redirect}`;
  return `# Nobody is signed in. A page is sent to the sign-in; a program is told so.
location ${SIGN_IN} {
${indent(body, '    ')}
}`;
}

function signInUrl({ scheme, portal }: Plan, signIn: Exclude<SignIn, { by: 'answer' }>): string {
  const here = `${scheme}://$http_host$request_uri`;
  if (signIn.by === 'start') return signIn.path;
  return `${signIn.by === 'portal' ? portal : ''}${signIn.path}${here}`;
}

/** Lets the authorization server redirect by itself: a return address in a query would have to be escaped, which nginx cannot. */
function startLines(plan: Plan, path: string): string {
  return `${onlyWhatIsRead()}
proxy_set_header X-Forwarded-Proto ${plan.scheme};
proxy_set_header X-Forwarded-Host $http_host;
proxy_set_header X-Auth-Request-Redirect $request_uri;
proxy_method GET;
${LARGE_HEAD}
rewrite ^ ${path}? break;
${proxyPass(plan, plan.auth)}`;
}

function answered(header: string): string {
  return `$upstream_http_${snake(header)}`;
}

function snake(header: string): string {
  return header.toLowerCase().replaceAll('-', '_');
}
