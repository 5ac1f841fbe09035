import { ASKED_WITH, type Endpoints } from './auth-server.js';
import type { Plan } from './plan.js';

/** What the endpoint reads; the script sends these of the request and no others. */
const HEADERS = [
  ...ASKED_WITH,
  'Host',
  'X-Forwarded-For',
  'X-Forwarded-Proto',
  'X-Forwarded-Host',
  'X-Forwarded-Method',
];

/** Asks, sets the user from the answer, and denies whatever is not allowed in so many words. */
export function haproxyQuestion(plan: Plan, endpoints: Endpoints): string {
  const { name, server, auth, identity, bypass, portal } = plan;
  const { authRequestReads, haproxy, authRequest } = endpoints;
  const query = server.id === 'authelia' && portal !== undefined ? `?authelia_url=${portal}/` : '';
  const readsOriginal = haproxy === authRequest && authRequestReads.includes('original');
  const url = readsOriginal ? ['X-Original-URL', 'X-Original-Method'] : ['X-Forwarded-URI'];
  const asked = [...HEADERS, ...url].map((header) => header.toLowerCase()).join(',');
  const copied = identity.map((header) => header.toLowerCase()).join(',');
  const { ask, but } = conditions(plan);
  const lines = [
    '# 3. Ask, and set the user from the answer alone. Whatever is not allowed in so many words is denied.',
    ...openLines(bypass),
    ...(server.ownPath === undefined ? [] : [`acl own path_beg ${server.ownPath}/`]),
    ...targetLines(plan, readsOriginal),
    `http-request lua.auth-intercept ${name}-auth ${auth.path}${haproxy}${query} HEAD ${asked} ${copied} -${ask}`,
    `http-request deny deny_status 403 if ${but} { var(txn.auth_response_code) -m int 403 }`,
    ...signInLines(plan, endpoints, but),
    `http-request deny deny_status 503 if ${but}`,
  ];
  return lines.map((line) => `    ${line}`).join('\n');
}

/** HAProxy compares paths as they are written, and an application may read /public/../private as /private. */
function openLines(bypass: readonly string[]): readonly string[] {
  if (bypass.length === 0) return [];
  return [
    ...bypass.flatMap((prefix) => [`acl open path ${prefix}`, `acl open path_beg ${prefix}/`]),
    'acl climbing path_sub -i /../ /./ // %2e %2f %5c \\\\',
    'acl climbing path_end /.. /.',
    'http-request set-var(txn.open) bool(true) if open !climbing',
  ];
}

/** For which requests it is asked, and which of them have no leave to go on. */
export function conditions({ bypass, server }: Plan): { ask: string; but: string; asked: string } {
  const unless = [
    ...(bypass.length > 0 ? ['!{ var(txn.open) -m bool }'] : []),
    ...(server.ownPath === undefined ? [] : ['!own']),
  ];
  return {
    ask: unless.length > 0 ? ` if ${unless.join(' ')}` : '',
    but: ['!{ var(txn.auth_response_successful) -m bool }', ...unless].join(' '),
    asked: unless.join(' '),
  };
}

/** What is asked about. The application does not need it: it is deleted again behind the question. */
function targetLines({ scheme }: Plan, readsOriginal: boolean): readonly string[] {
  const target = readsOriginal
    ? [
        'http-request set-header X-Original-Method %[method]',
        `http-request set-header X-Original-URL ${scheme}://%[req.hdr(Host)]%[pathq]`,
      ]
    : [
        'http-request set-header X-Forwarded-Method %[method]',
        'http-request set-header X-Forwarded-URI %[pathq]',
      ];
  return target;
}

function signInLines({ scheme, portal }: Plan, { signIn }: Endpoints, but: string): string[] {
  const location = 'var(txn.auth_response_location)';
  const here = `${scheme}://%[req.hdr(Host)]%[pathq]`;
  if (signIn.by === 'answer') {
    return [
      `http-request deny deny_status 401 if ${but} { var(txn.auth_response_code) -m int 401 }`,
      `http-request redirect code 302 location %[${location}] if ${but} { ${location} -m found } { method GET HEAD OPTIONS }`,
      `http-request redirect code 303 location %[${location}] if ${but} { ${location} -m found }`,
    ];
  }
  const isBare = '{ var(txn.auth_response_code) -m int 401 }';
  const toSignIn = `${signIn.by === 'portal' ? portal : ''}${signIn.path}`;
  // Escaped whole, so that the address of the sign-in has one return address and nothing beside it.
  const back = '%[pathq,url_enc(query)]';
  const target =
    signIn.by === 'start'
      ? `${toSignIn}?rd=${back}`
      : `${toSignIn}${scheme}://%[req.hdr(Host)]${back}`;
  return [
    'acl page req.fhdr(Accept) -m reg (^|,)[\\ ]*text/html[\\ ]*([;,]|$) ^[\\ ]*[*]/[*][\\ ]*([;,]|$)',
    'acl script req.hdr(X-Requested-With) -i XMLHttpRequest',
    `http-request deny deny_status 401 if ${but} ${isBare} !page`,
    `http-request deny deny_status 401 if ${but} ${isBare} script`,
    `http-request redirect code 303 location ${here} if ${but} ${isBare} !{ method GET HEAD OPTIONS }`,
    `http-request redirect code 302 location ${target} if ${but} ${isBare}`,
  ];
}
