import type { Attack, Harmless } from './case.js';
import { encode, rawAttack, sendBytes } from './raw.js';
import { FORGED } from './requests.js';

const HARMLESS: readonly Harmless[] = ['refused', 'anonymous'];

/** Paths that one of the three may take for public, and another for the page of administrators. */
const PATHS: Readonly<Record<string, string>> = {
  'path-dots': '/public/../admin',
  'path-dots-open': '/static/../admin',
  'path-encoded-dots': '/public/%2e%2e/admin',
  'path-encoded-slash': '/public/..%2fadmin',
  'path-encoded-slash-open': '/static/..%2fadmin',
  'path-encoded-twice': '/public/%252e%252e/admin',
  'path-backslash': '/public\\..\\admin',
  'path-semicolon': '/static/..;/admin',
  'path-two-slashes': '//admin',
  'path-letter-case': '/PUBLIC/../ADMIN',
  'path-encoded-letter': '/%61dmin',
  'path-nul': '/public%00/../admin',
  'path-fragment': '/admin#/public',
  'path-prefix': '/publicity',
  'path-prefix-open': '/staticx/../admin',
};

/** What a client says about a request, so that another is judged than the one that is made. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  'claims-original-url': [
    'X-Original-URL: https://app.localhost/public',
    'X-Rewrite-URL: /public',
    'X-Original-URI: /public',
  ],
  'claims-forwarded-uri': ['X-Forwarded-Uri: /public', 'X-Forwarded-Path: /public'],
  'claims-method': ['X-Original-Method: OPTIONS', 'X-Forwarded-Method: OPTIONS'],
  'claims-method-override': ['X-HTTP-Method-Override: OPTIONS', 'X-Method-Override: OPTIONS'],
  'claims-host': ['X-Forwarded-Host: other.localhost', 'X-Host: other.localhost'],
  'claims-proto': ['X-Forwarded-Proto: http', 'X-Forwarded-Ssl: off', 'Front-End-Https: off'],
  'claims-address': [
    'X-Forwarded-For: 10.77.2.2',
    'X-Real-IP: 10.77.2.2',
    'Forwarded: for=10.77.2.2',
    'X-Original-Forwarded-For: 10.77.2.2',
    'CF-Connecting-IP: 10.77.2.2',
    'True-Client-IP: 127.0.0.1',
  ],
  'claims-underscores': [
    'X_Original_URL: https://app.localhost/public',
    'X_Forwarded_Uri: /public',
  ],
  'claims-own-id': ['X-Trusted-Header-Id: 1', 'X-Trusted-Header: authenticated'],
  'claims-next-subrequest': [
    'x-middleware-subrequest: proxy:proxy:proxy:proxy:proxy',
    'x-middleware-next: 1',
    'x-middleware-request-remote-user: mallory',
    'x-middleware-override-headers: remote-user',
  ],
};

/** A request that is judged as another one than it is. */
export const ROUTING_ATTACKS: readonly Attack[] = [
  ...Object.entries(PATHS).map(([id, path]) =>
    rawAttack(id, `${path} does not open the page of administrators.`, HARMLESS, {
      path,
      lines: FORGED,
    }),
  ),
  ...Object.entries(PATHS)
    .slice(0, 5)
    .map(([id, path]) =>
      rawAttack(
        `${id}-signed-in`,
        `Nor to somebody with an account and without the group.`,
        HARMLESS,
        {
          as: 'ann',
          path,
          lines: ['Remote-Groups: admin'],
        },
      ),
    ),
  ...Object.entries(QUESTIONS).map(([id, lines]) =>
    rawAttack(id, `${lines[0]} changes nothing about who is asked.`, 'refused', {
      lines: [...lines, ...FORGED],
    }),
  ),
  rawAttack('claims-all-signed-in', 'All of that, with an account: still the same person.', 'own', {
    as: 'ann',
    lines: [...Object.values(QUESTIONS).flat(), ...FORGED],
  }),
  rawAttack('internal-location', 'The place where the proxy asks is nobody’s page.', 'refused', {
    path: '/internal/trusted-header-authz',
    lines: FORGED,
  }),
  rawAttack(
    'authz-endpoint',
    'Nor is the portal’s endpoint, under the application’s name.',
    'refused',
    {
      path: '/api/authz/forward-auth',
      lines: FORGED,
    },
  ),
  rawAttack('other-host', 'A host that is not served.', 'refused', {
    host: 'other.localhost',
    lines: FORGED,
  }),
  rawAttack('address-as-host', 'An address in the place of the host.', 'refused', {
    host: '10.77.2.3:3001',
    lines: FORGED,
  }),
  rawAttack('no-host', 'No host at all, which HTTP/1.0 allows.', 'refused', {
    host: undefined,
    version: '1.0',
    lines: FORGED,
  }),
  rawAttack('two-hosts', 'Two hosts (RFC 9112 section 3.2).', ['refused'], {
    lines: ['Host: other.localhost', ...FORGED],
  }),
  rawAttack('absolute-target', 'A target with another host than the Host line.', 'refused', {
    path: 'https://app.localhost/whoami',
    host: 'other.localhost',
    lines: FORGED,
  }),
  rawAttack('method-lower-case', 'Methods have a case.', ['refused', 'error'], {
    method: 'get',
    lines: FORGED,
  }),
  rawAttack(
    'method-trace',
    'TRACE would show what the proxy has set.',
    ['refused', 'error', 'own'],
    {
      as: 'ann',
      method: 'TRACE',
      lines: FORGED,
    },
  ),
  rawAttack('method-connect', 'CONNECT would be a tunnel past everything.', ['refused'], {
    as: 'ann',
    method: 'CONNECT',
    path: '10.77.2.3:3001',
    lines: FORGED,
    keepAlive: true,
    rest: `GET /whoami HTTP/1.1\r\nHost: 10.77.2.3:3001\r\n${FORGED.join('\r\n')}\r\n\r\n`,
  }),
  rawAttack('method-options', 'A preflight needs no sign-in for some; here it does.', 'refused', {
    method: 'OPTIONS',
    lines: [...FORGED, 'Origin: https://evil.example', 'Access-Control-Request-Method: GET'],
  }),
  {
    id: 'http-0.9',
    why: 'A request without a version has no headers, and no user.',
    allowed: ['refused'],
    run: (site) => sendBytes(site, ['GET /whoami\r\n\r\n'], undefined),
  },
  {
    id: 'plain-on-tls',
    why: 'No TLS on the port for TLS.',
    allowed: ['refused'],
    run: (site) =>
      sendBytes(site, [encode(site, { lines: FORGED })], undefined, 'client', {
        address: '10.77.1.2',
        port: 443,
      }),
  },
];
