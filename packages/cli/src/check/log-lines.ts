/** What a log line means. */
export interface LogLine {
  readonly program: 'nginx' | 'Authelia';
  /** What it says, in other words. */
  readonly says: string;
  readonly because: string;
  readonly change: string;
}

type Rule = readonly [
  pattern: RegExp,
  meaning: (match: readonly string[]) => Omit<LogLine, 'program'>,
];

const CONFIGURATION = '"npx @trusted-header/cli proxy-config" prints a configuration that does';

/** How nginx writes: `2026/10/01 10:00:00 [error] 12#12: *5 …`. What clients send comes behind `, client:`. */
const NGINX: readonly Rule[] = [
  [
    /^[^"]*upstream sent too big header/,
    () => ({
      says: 'an answer’s headers do not fit into its buffer, so that the client gets 500 or 502',
      because:
        'a user with many groups has more than the 4 KB (or 8) that nginx reads of an answer’s headers',
      change: `write "proxy_buffer_size 32k; proxy_buffers 8 32k;" where the authorization request is; ${CONFIGURATION}`,
    }),
  ],
  [
    /^[^"]*auth request unexpected status: (\d{3})/,
    ([, status = '']) => ({
      says: `the authorization server answered ${status}, so that the client gets 500`,
      because: AUTH_STATUS[status] ?? 'auth_request knows 2xx, 401 and 403 only',
      change: `look into the authorization server’s own log; ${CONFIGURATION.replace('that does', 'that fits it')}`,
    }),
  ],
  [
    /^[^"]*(?:connect\(\) failed|no live upstreams|host not found in upstream|could not be resolved)/,
    () => ({
      says: 'a server behind it cannot be reached',
      because:
        'the application or the authorization server is down, or has another address or name than written',
      change: 'start it, or correct proxy_pass; both have to be on a network with nginx',
    }),
  ],
  [
    /^[^"]*client sent invalid header line/,
    () => ({
      says: 'a header with _ or . in its name was dropped',
      because:
        'nginx lets no such name through unless underscores_in_headers is on, and so no alias of an identity header',
      change: 'nothing, if a client sent it; a proxy in front must send names with hyphens',
    }),
  ],
  [
    /^\S+ - \S+ \[[^\]]*\] "(?:[^"\\]|\\.)*" (400|401|403|431|494|500|502|503|504) /,
    ([, status = '']) => ({
      says: `answered ${status}`,
      ...(ACCESS_STATUS[status] ?? ACCESS_STATUS_OTHER),
    }),
  ],
];

const AUTH_STATUS: Readonly<Record<string, string>> = {
  302: 'forward-auth redirects, which auth_request cannot pass on: nginx needs the endpoint auth-request',
  303: 'forward-auth redirects, which auth_request cannot pass on: nginx needs the endpoint auth-request',
  400: 'Authelia wants to know what is asked for: X-Original-URL (with https) and X-Original-Method',
  404: 'the path of the endpoint is another: /api/authz/auth-request since Authelia 4.38',
  431: 'the authorization request is too large: it should carry the cookie and little else',
  502: 'the authorization server cannot be reached, or its answer does not fit the buffer',
  504: 'the authorization server does not answer in time',
};

type Meaning = Pick<LogLine, 'because' | 'change'>;

const ACCESS_STATUS_OTHER: Meaning = {
  because: 'the application or the authorization server cannot be reached, or is not ready',
  change: 'look for the same moment in error.log',
};

const ACCESS_STATUS: Readonly<Record<string, Meaning>> = {
  400: {
    because:
      'a request that nginx or the application cannot read: often cookies that are too large',
    change: 'look for the same moment in error.log, and delete the cookies of the domain',
  },
  401: {
    because: 'nobody is signed in, or the application got no identity header through the proxy',
    change:
      'if somebody was signed in, check what reached the application: whoami’s page in its place, and --from',
  },
  403: {
    because:
      'the authorization server’s rules deny it, the application does not believe the claim, or its policy denies the user',
    change: 'the application’s log has a line that begins with "trusted-header:" if it was there',
  },
  431: {
    because: 'the headers of the request are larger than the application reads (Node: 16 KB)',
    change: 'start Node with --max-http-header-size, or send fewer groups',
  },
  494: {
    because: 'the headers of the request are larger than nginx reads',
    change: 'raise large_client_header_buffers, and delete the cookies of the domain',
  },
  500: {
    because:
      'with auth_request: the authorization server’s answer was none of 2xx, 401 and 403, or did not fit its buffer',
    change: 'look for the same moment in error.log, and give that line to --from',
  },
};

/** How Authelia writes: `time="…" level=info msg="…" method=GET …`, or the same as JSON. A message begins its field. */
const AUTHELIA: readonly Rule[] = [
  [
    /\bmsg"?[=:]\s*"Access to .* is forbidden to user/,
    () => ({
      says: 'its rules deny this user, and the client gets 403',
      because: 'access_control denies what is asked for, before the application is asked',
      change: 'change the rules of access_control, or the groups of the user',
    }),
  ],
  [
    /\bmsg"?[=:]\s*"Access to .* is not authorized to user '?<anonymous>/,
    () => ({
      says: 'nobody is signed in',
      because: 'the authorization request had no session cookie, or one that has ended',
      change:
        'nothing, before a sign-in; behind one, the cookie’s domain has to cover the application, and the proxy has to pass Cookie on',
    }),
  ],
  [
    /\bmsg"?[=:]\s*"Access to .* is not authorized to user/,
    () => ({
      says: 'this user needs another factor',
      because: 'the rule asks for two_factor, and the session has one',
      change: 'sign in with the second factor, or ask for one_factor',
    }),
  ],
  [
    /\bmsg"?[=:]\s*"Error getting Target URL and Request Method"/,
    () => ({
      says: 'the proxy does not say what is asked for, and gets 400',
      because:
        'forward-auth wants X-Forwarded-Method, -Proto, -Host and -Uri, auth-request wants X-Original-URL and X-Original-Method',
      change: `let the proxy set them; ${CONFIGURATION}`,
    }),
  ],
  [
    /\bmsg"?[=:]\s*"Target URL .* has an insecure scheme/,
    () => ({
      says: 'it was told that the browser came over http, and answered 400',
      because:
        'its cookies are sent over https only, and X-Forwarded-Proto (or X-Original-URL) says http',
      change: 'serve https, or let the proxy say https where a proxy in front of it has served it',
    }),
  ],
  [
    /\bmsg"?[=:]\s*"Target URL does not appear to have a relevant session cookies configuration/,
    () => ({
      says: 'no session covers this domain, and it answered 400',
      because: 'session.cookies has no domain that the application’s host is in',
      change: 'add one, or move the application under a domain that is there',
    }),
  ],
];

/** Says what a line of a log means, where it is known. */
export function explainLine(line: string): LogLine | undefined {
  return firstOf('Authelia', AUTHELIA, line) ?? firstOf('nginx', NGINX, line);
}

function firstOf(
  program: LogLine['program'],
  rules: readonly Rule[],
  line: string,
): LogLine | undefined {
  for (const [pattern, meaning] of rules) {
    const match = pattern.exec(line);
    if (match) return { program, ...meaning(match) };
  }
  return undefined;
}
