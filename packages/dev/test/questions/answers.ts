import {
  FORWARD,
  forwarded,
  HOST,
  html,
  ORIGINAL,
  original,
  q,
  type Row,
  rd,
  text,
  without,
} from './question.js';

/** How a visitor is told where to sign in. */
export const REDIRECTS: readonly Row[] = [
  { why: 'a browser', ...q(FORWARD, forwarded()), status: 302, to: rd(), ...html },
  {
    why: 'HEAD has no body, and so no type',
    ...q(FORWARD, forwarded(undefined, { 'x-forwarded-method': 'HEAD' })),
    status: 302,
    to: rd(undefined, 'HEAD'),
  },
  {
    why: 'a preflight is told too, where the proxy asks with GET',
    ...q(FORWARD, forwarded(undefined, { 'x-forwarded-method': 'OPTIONS' })),
    status: 302,
    to: rd(undefined, 'OPTIONS'),
    ...html,
  },
  {
    why: 'another method comes back as GET',
    ...q(FORWARD, forwarded(undefined, { 'x-forwarded-method': 'POST' })),
    status: 303,
    to: rd(undefined, 'POST'),
    ...html,
  },
  ...[
    ['*/*', 302, 'a wildcard that comes first'],
    ['application/json, */*', 401, 'a wildcard that does not'],
    ['application/json', 401, 'no HTML, and still a Location'],
    ['TEXT/HTML', 401, 'a media type in capitals is none that Authelia knows'],
    ['application/xml, text/html;q=0.1', 302, 'HTML in any place, with any weight'],
  ].map(
    ([accept, status, why]): Row => ({
      why: String(why),
      ...q(FORWARD, forwarded(undefined, { accept: String(accept) })),
      status: Number(status),
      to: rd(),
      ...html,
    }),
  ),
  ...['XMLHttpRequest', 'xmlhttprequest', 'XMLHTTPREQUEST'].map(
    (word): Row => ({
      why: `a script that says ${word}`,
      ...q(FORWARD, forwarded(undefined, { 'x-requested-with': word })),
      status: 401,
      to: rd(),
      ...html,
    }),
  ),
  {
    why: 'nginx makes the redirect itself',
    ...q(ORIGINAL, original()),
    status: 401,
    to: rd(),
    ...html,
  },
  {
    why: 'whatever the client asks for',
    ...q(ORIGINAL, { ...original(undefined, 'POST'), accept: 'text/html' }),
    status: 401,
    to: rd(undefined, 'POST'),
    ...html,
  },
  {
    why: 'no link for HEAD here either',
    ...q(ORIGINAL, original(undefined, 'HEAD')),
    status: 401,
    to: rd(undefined, 'HEAD'),
  },
];

/** What `rd` makes of an address: nothing. */
export const ADDRESSES: readonly Row[] = [
  ['', '', 'no slash is added'],
  ['/public/..%2fadmin', '%2Fpublic%2F..%252fadmin', 'an encoded slash stays one'],
  ['/public/../admin', '%2Fpublic%2F..%2Fadmin', 'dots stay'],
  ['/a//b/./c', '%2Fa%2F%2Fb%2F.%2Fc', 'so do slashes'],
  ['/%7e~(*)', '%2F%257e~%28%2A%29', 'and what may be written in two ways'],
  ['/x?', '%2Fx%3F', 'and a question mark that nothing follows'],
  ['/x?q=a+b%20c&r=ä', '%2Fx%3Fq%3Da%2Bb%2520c%26r%3D%C3%A4', 'and a query, whatever is in it'],
  ['/a"b|c', '%2Fa%2522b%257Cc', 'a path that no URL can hold is encoded'],
].map(
  ([path = '', encoded = '', why = '']): Row => ({
    why,
    ...q(ORIGINAL, {
      'x-original-method': 'GET',
      'x-original-url': Buffer.from(`https://${HOST}${path}`).toString('latin1'),
    }),
    status: 401,
    to: rd(encoded),
    ...html,
  }),
);

/** What is no question at all. */
export const BAD_QUESTIONS: readonly Row[] = [
  { why: 'no method', ...q(FORWARD, without('x-forwarded-method')), status: 400, ...text },
  { why: 'no scheme', ...q(FORWARD, without('x-forwarded-proto')), status: 400, ...text },
  { why: 'no host', ...q(FORWARD, without('x-forwarded-host')), status: 400, ...text },
  { why: 'nothing', ...q(FORWARD, {}), status: 400, ...text },
  ...[
    [{ 'x-forwarded-method': 'get' }, 'a method that is not all A to Z'],
    [{ 'x-forwarded-host': 'app.example.org' }, 'a host of somebody else'],
    [{ 'x-forwarded-host': 'app.localhost@evil.example' }, 'user info that looks like a host'],
    [{ 'x-forwarded-uri': '@evil.example/' }, 'a path that moves the host'],
    [{ 'x-forwarded-uri': '/%zz' }, 'an encoding that is none'],
    [{ 'x-forwarded-proto': 'ftp' }, 'another scheme'],
  ].map(
    ([more, why]): Row => ({
      why: String(why),
      ...q(FORWARD, forwarded(undefined, Object(more))),
      status: 400,
      ...text,
    }),
  ),
  {
    why: 'a portal elsewhere',
    ...q(`${FORWARD}?authelia_url=https://evil.example/`, forwarded()),
    status: 400,
    ...text,
  },
  {
    why: 'no method',
    ...q(ORIGINAL, without('x-original-method', original())),
    status: 400,
    ...text,
  },
  { why: 'no URL', ...q(ORIGINAL, { 'x-original-method': 'GET' }), status: 400, ...text },
  {
    why: 'a relative URL',
    ...q(ORIGINAL, { 'x-original-method': 'GET', 'x-original-url': '/x' }),
    status: 400,
    ...text,
  },
  { why: 'the other endpoint’s headers', ...q(ORIGINAL, forwarded()), status: 400, ...text },
];

/** Methods of the question itself. */
export const METHODS: readonly Row[] = [
  ...[FORWARD, ORIGINAL].flatMap((path): Row[] => [
    {
      why: 'the router answers OPTIONS, to anybody',
      ...q(path, {}, 'OPTIONS'),
      status: 200,
      allow: 'GET, HEAD, OPTIONS',
    },
    ...['POST', 'PUT', 'DELETE'].map(
      (method): Row => ({
        why: 'not routed',
        ...q(path, forwarded(), method),
        status: 405,
        allow: 'GET, HEAD, OPTIONS',
        ...text,
      }),
    ),
  ]),
  { why: 'HEAD is routed', ...q(FORWARD, forwarded(), 'HEAD'), status: 302, to: rd(), ...html },
];
