import {
  BASIC,
  basic,
  ENVOY,
  FORWARD,
  forwarded,
  type Headers,
  HOST,
  html,
  LEGACY,
  ORIGINAL,
  original,
  q,
  type Row,
  rd,
  text,
  without,
} from './question.js';

/** Who may go where. */
export const ACCESS: readonly Row[] = [
  ...[
    ['/public', 200],
    ['/public/', 200],
    ['/public/x?y', 200],
    ['//public', 200],
    ['/public//x', 200],
    ['/./public', 200],
    ['/x/../public', 200],
    ['/%70ublic', 200],
    ['/publicity', 302],
    ['/', 302],
    ['/PUBLIC', 302],
    ['/public/..%2fadmin', 302],
    ['/public/%2e%2e/admin', 302],
    ['/public/../admin', 302],
    ['/denied', 403],
    ['/denied/x', 403],
    ['//denied', 403],
    ['/public/../denied', 403],
  ].map(([uri, status]): Row => {
    const isSentAway = status === 302;
    const path = encodeURIComponent(String(uri));
    return {
      why: `nobody at ${uri}: the rules match a cleaned path`,
      ...q(FORWARD, forwarded(String(uri))),
      status: Number(status),
      ...(isSentAway ? { to: rd(path), ...html } : text),
    };
  }),
  { why: 'a user', as: 'zoë', ...q(FORWARD, forwarded()), status: 200, user: 'zoë', ...text },
  { why: 'a user', as: 'zoë', ...q(ORIGINAL, original()), status: 200, user: 'zoë', ...text },
  {
    why: 'bypass with a session tells who it is',
    as: 'zoë',
    ...q(FORWARD, forwarded('/public/x')),
    status: 200,
    user: 'zoë',
    ...text,
  },
  {
    why: 'a denied page is denied to everybody',
    as: 'zoë',
    ...q(ORIGINAL, original('/denied')),
    status: 403,
    ...text,
  },
  {
    why: 'not in the group',
    as: 'outsider',
    ...q(FORWARD, forwarded()),
    status: 403,
    ...text,
  },
  {
    why: 'not in the group',
    as: 'outsider',
    ...q(ORIGINAL, original()),
    status: 403,
    ...text,
  },
  {
    why: 'Session-Username of somebody else ends the session',
    as: 'zoë',
    ...q(FORWARD, forwarded(undefined, { 'session-username': 'root' })),
    status: 302,
    to: rd(),
    ...html,
  },
  {
    why: 'a client’s Remote-User is not read',
    ...q(FORWARD, forwarded(undefined, { 'remote-user': 'root' })),
    status: 302,
    to: rd(),
    ...html,
  },
];

/** `Authorization`, which is read before the session is. */
export const CREDENTIALS: readonly Row[] = [
  {
    why: 'the right password',
    ...q(FORWARD, forwarded(undefined, basic('ops:secret'))),
    status: 200,
    user: 'ops',
    ...text,
  },
  {
    why: 'the right password',
    ...q(ORIGINAL, { ...original(), ...basic('ops:secret') }),
    status: 200,
    user: 'ops',
    ...text,
  },
  ...[FORWARD, ORIGINAL].map(
    (path): Row => ({
      why: 'a wrong password: a challenge, and no Location',
      ...q(path, { ...forwarded(), ...original(), ...basic('ops:wrong') }),
      status: 401,
      challenge: BASIC,
      ...text,
    }),
  ),
  {
    why: 'nobody of that name',
    ...q(FORWARD, forwarded(undefined, basic('root:secret'))),
    status: 401,
    challenge: BASIC,
    ...text,
  },
  {
    why: 'what is no credentials at all',
    ...q(FORWARD, forwarded(undefined, { authorization: 'Basic ???' })),
    status: 401,
    challenge: BASIC,
    ...text,
  },
  {
    why: 'a wrong password, in spite of a session',
    as: 'zoë',
    ...q(FORWARD, forwarded(undefined, basic('ops:wrong'))),
    status: 401,
    challenge: BASIC,
    ...text,
  },
  {
    why: 'a wrong password where nobody is needed',
    as: 'zoë',
    ...q(FORWARD, forwarded('/public', basic('ops:wrong'))),
    status: 200,
    ...text,
  },
  {
    why: 'the application’s own token is passed over',
    as: 'zoë',
    ...q(FORWARD, forwarded(undefined, { authorization: 'Bearer abc.def' })),
    status: 200,
    user: 'zoë',
    ...text,
  },
];

const envoy = (more: Headers = {}): Headers => ({
  host: HOST,
  'x-forwarded-proto': 'https',
  accept: 'text/html',
  ...more,
});

/** The endpoint for Envoy, whose own request line is the question. */
export const EXT_AUTHZ: readonly Row[] = [
  {
    why: 'the query is lost',
    ...q(`${ENVOY}//x?a=1`, envoy()),
    status: 302,
    to: rd('%2Fx'),
    ...html,
  },
  {
    why: 'any method',
    ...q(`${ENVOY}//x`, envoy(), 'POST'),
    status: 303,
    to: rd('%2Fx', 'POST'),
    ...html,
  },
  {
    why: 'OPTIONS is judged here',
    ...q(`${ENVOY}//x`, envoy(), 'OPTIONS'),
    status: 302,
    to: rd('%2Fx', 'OPTIONS'),
    ...html,
  },
  { why: 'one slash moves the host', ...q(`${ENVOY}/x`, envoy()), status: 400, ...text },
  {
    why: 'no scheme',
    ...q(`${ENVOY}//x`, without('x-forwarded-proto', envoy())),
    status: 400,
    ...text,
  },
  { why: 'bypass', ...q(`${ENVOY}//public/x`, envoy()), status: 200, ...text },
  { why: 'a user', as: 'zoë', ...q(`${ENVOY}//x`, envoy()), status: 200, user: 'zoë', ...text },
];

/** The endpoint of old. It has no portal of its own, and says 401 for everything. */
export const VERIFY: readonly Row[] = [
  { why: 'no portal, no redirect', ...q(LEGACY, forwarded()), status: 401, ...text },
  {
    why: 'a bad question is 401 too',
    ...q(LEGACY, without('x-forwarded-proto')),
    status: 401,
    ...text,
  },
  {
    why: 'a user, by the one way',
    as: 'zoë',
    ...q(LEGACY, forwarded()),
    status: 200,
    user: 'zoë',
    ...text,
  },
  { why: 'or the other', as: 'zoë', ...q(LEGACY, original()), status: 200, user: 'zoë', ...text },
  {
    why: 'asks for a password where it is told to',
    as: 'zoë',
    ...q(`${LEGACY}?auth=basic`, forwarded()),
    status: 401,
    challenge: BASIC,
    ...text,
  },
  {
    why: 'and reads it only then',
    ...q(`${LEGACY}?auth=basic`, forwarded(undefined, basic('ops:secret'))),
    status: 200,
    user: 'ops',
    ...text,
  },
  {
    why: 'not otherwise',
    ...q(LEGACY, forwarded(undefined, basic('ops:secret'))),
    status: 401,
    ...text,
  },
];
