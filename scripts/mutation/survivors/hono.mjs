/** Changes of hono that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'For the type checker only: other decisions have no identity.': [
    "create-trusted-header.ts: decision.kind === 'authenticated' => true",
  ],
  'A request that nobody makes is refused with its own decision: it is the same object.': [
    "create-trusted-header.ts: refusal.kind === 'refused' => true",
  ],
  'Saves time: an authenticator without a proof has nothing to wait for, and says so.': [
    'create-trusted-header.ts: setupOf(authenticator)?.prepare !== undefined => true',
  ],
  'For the type checker only: the authenticator is one of ours by then, and has a setup.': [
    'create-trusted-header.ts: setupOf(authenticator)?.prepare => setupOf(authenticator).prepare',
    'fetch.ts: setupOf(resolved.authenticator)?.live => setupOf(resolved.authenticator).live',
    'fetch.ts: [] => ["Stryker was here"]',
    'fetch.ts: setupOf(authenticator)?.notify => setupOf(authenticator).notify',
  ],
  'The report has lines with a canary only.': [
    'create-trusted-header.ts: [] => ["Stryker was here"]',
  ],
  'Another line of defence: the headers of Node list what came in, and what they list is removed by its name.':
    [
      'create-trusted-header.ts: { return i % 2 === 0 && isIdentityHeader(text); } => {}',
      'create-trusted-header.ts: i % 2 === 0 && isIdentityHeader(text) => false',
      'create-trusted-header.ts: i % 2 === 0 => true',
      'create-trusted-header.ts: i % 2 === 0 => i % 2 !== 0',
      'create-trusted-header.ts: i % 2 => i * 2',
    ],
  'Another line of defence: the slots of a light request hold no null, and nothing in them but a request has Headers.':
    [
      "strip-fetch-headers.ts: typeof value === 'object' && value !== null && 'clone' in value && 'headers' in value => true",
      "strip-fetch-headers.ts: typeof value === 'object' && value !== null && 'clone' in value && 'headers' in value && v… => typeof value === 'object' && value !== null && 'clone' in value && 'headers' in value || v…",
      'strip-fetch-headers.ts: value !== null => true',
    ],
  'A URL begins with its scheme, and only the first match is replaced.': [
    'create-trusted-header.ts: /^\\w+:\\/\\/[^/?#]*/ => /\\w+:\\/\\/[^/?#]*/',
  ],
  'Undefined is as false.': [
    'fetch.ts: () => false => () => undefined',
    'fetch.ts: async () => false => () => undefined',
  ],
  'Saves time: a view of a view shows the same.': [
    'hono-session.ts: views.get(session) => false',
    'hono-session.ts: true => false',
  ],
  'A key that is set to undefined reads as one that is forgotten.': [
    'hono-sessions.ts: value === undefined => false',
  ],
  'It throws where there is no route, and core takes that for none.': [
    "route-of.ts: matchedRoutes(c) .filter(({ method }) => method !== 'ALL') .at(-1)?.path => matchedRoutes(c).filter(({ method }) => method !== 'ALL').at(-1).path",
  ],
};
