/** Changes of nextjs that no test notices, by the reason why that is so. A run that finds another one fails. */
export const SURVIVORS = {
  'For the type checker only: what is decided was registered, so that there is a registry with settings.':
    [
      'image-fetch.ts: registry?.settings?.modeFor => registry?.settings.modeFor',
      'image-fetch.ts: registry?.settings => registry.settings',
      'image-fetch.ts: registry?.isBuildFile => registry.isBuildFile',
      'image-fetch.ts: false => true',
      'image-fetch.ts: findRegistry()?.imageFetches => findRegistry().imageFetches',
      'image-fetch.ts: !fetches => false',
      'refuse-request.ts: findRegistry()?.isBuildFile => findRegistry().isBuildFile',
      'refuse-request.ts: false => true',
      'follow-session.ts: findRegistry()?.isBuildFile => findRegistry().isBuildFile',
      'follow-session.ts: false => true',
    ],
  'For the type checker only: other decisions have no identity, and a guard has refused them.': [
    "compile-admission.ts: decision.kind === 'authenticated' => true",
    "compile-admission.ts: { kind: 'stopped', refusal: decision } => {}",
    'sign-in.ts: result.user => true',
    "get-identity.ts: decision.kind === 'authenticated' => true",
    'with-user.ts: !user => false',
  ],
  'For the type checker only: what is undecided has no target.': [
    "trusted-header-proxy.ts: 'decision' in found => true",
  ],
  'For the type checker only: one application has a name, a full map a first key, and who signs out has been followed.':
    [
      'build-files.ts: project === undefined => false',
      'image-fetch.ts: oldest !== undefined => true',
      'follow-request.ts: known => true',
      'keep-while-open.ts: !done => true',
    ],
  'It comes to the same: what is kept for a closed connection is forgotten at once, and the oldest goes one earlier or later.':
    [
      'keep-while-open.ts: socket.closed => false',
      'keep-while-open.ts: map.size >= MOST_KEPT => map.size > MOST_KEPT',
    ],
  'For the type checker only: no time is earlier than undefined.': [
    'image-fetch.ts: until !== undefined => true',
  ],
  'For the type checker only: no decision has a list for its id, and none has undefined.': [
    "find-decision.ts: typeof id !== 'string' => false",
  ],
  'For the type checker only: iron-session sets a cookie in one of two ways, and does not change the passwords.':
    [
      "iron-session.ts: typeof first === 'string' => true",
      "iron-session.ts: typeof password === 'string' => true",
    ],
  'For the type checker only: a request without a base path has nothing else in its place.': [
    "problem-response.ts: typeof basePath === 'string' => true",
  ],
  'There is one application, or the first is not asked for.': [
    'build-files.ts: [] => ["Stryker was here"]',
  ],
  'A name that is undefined is in no path: what joins them throws, and then there is no file.': [
    'build-files.ts: names.every((name) => name !== undefined) => names.some(name => name !== undefined)',
    'build-files.ts: name !== undefined => true',
  ],
  'A function that ends gives undefined.': ['build-files.ts: { return undefined; } => {}'],
  'A key that is undefined reads as one that is not there.': [
    'follow-request.ts: { user: undefined, refusal: undefined } => {}',
  ],
  'What is open, and what anonymous says, is asked of no header.': [
    'image-fetch.ts: [] => ["Stryker was here"]',
    'trusted-header-proxy.ts: [] => ["Stryker was here"]',
    'trusted-header-proxy.ts: { method: undefined, target: undefined, rawHeaders: [] } => {}',
  ],
  'Saves time: where there are no policies, no path has one.': [
    'compile-policies.ts: seen.size === 0 => false',
  ],
  'Saves time: what has no query asks for no image.': [
    "images-of-request.ts: !target.includes('?') => false",
  ],
  'Saves time: names that are equal are as long as each other.': [
    'internal-header.ts: name.length === INTERNAL_HEADER.length => true',
  ],
  'Saves time: what is refused stays so, whatever the images are.': [
    "refuse-request.ts: mode === 'allow' => true",
    'refuse-request.ts: [] => ["Stryker was here"]',
  ],
  'Saves time: for whom is let through anyway, or refused anyway, it makes no difference whether it is for a file.':
    [
      "refuse-request.ts: guards.length > 0 || (mode === 'refuse' && decision.kind === 'anonymous') => true",
      'refuse-request.ts: guards.length > 0 => guards.length >= 0',
      "refuse-request.ts: mode === 'refuse' && decision.kind === 'anonymous' => mode === 'refuse' || decision.kind === 'anonymous'",
      "refuse-request.ts: mode === 'refuse' => true",
      "refuse-request.ts: decision.kind === 'anonymous' => true",
    ],
  'The first match is at the beginning.': [
    'compile-policies.ts: /^policy/ => /policy/',
    'images-of-request.ts: /^[^?]*/ => /[^?]*/',
    'paths-of-request.ts: /^\\/[^/]+/ => /\\/[^/]+/',
    'read-paths.ts: /^(.*?)\\/(\\(\\.\\)|\\(\\.\\.\\.\\)|(?:\\(\\.\\.\\))+)([^/].*)$/s => /(.*?)\\/(\\(\\.\\)|\\(\\.\\.\\.\\)|(?:\\(\\.\\.\\))+)([^/].*)$/s',
  ],
  'What takes all that is left reaches the end by itself.': [
    'read-paths.ts: /[?#].*$/s => /[?#].*/s',
    'read-paths.ts: /^\\/\\/+[^/]*(\\/.*)$/s => /^\\/\\/+[^/]*(\\/.*)/s',
    'read-paths.ts: /\\0.*$/s => /\\0.*/s',
    'read-paths.ts: /^(.*?)\\/(\\(\\.\\)|\\(\\.\\.\\.\\)|(?:\\(\\.\\.\\))+)([^/].*)$/s => /^(.*?)\\/(\\(\\.\\)|\\(\\.\\.\\.\\)|(?:\\(\\.\\.\\))+)([^/].*)/s',
  ],
  'Only the parts of a match are read, and there is none.': [
    'read-paths.ts: [] => ["Stryker was here"]',
  ],
  'Saves time: what is decided already stays so.': [
    "find-decision.ts: 'decision' in entry => false",
  ],
  'Saves time: an answer to nobody is left as it is when its head is written, too.': [
    "decide-on-arrival.ts: 'decision' in entry && entry.decision.kind !== 'authenticated' => false",
  ],
  'By then the caller is decided or gone: what is pending is settled once.': [
    'decide-on-arrival.ts: true => false',
  ],
  'A header whose value is the name of ours can only make two ids of one, and then nobody is let in.':
    ['decide-on-arrival.ts: i % 2 === 1 => true'],
  'For the type checker only: a value in the list of lines has a name before it.': [
    'decide-on-arrival.ts: rawHeaders[i - 1]?.toLowerCase => rawHeaders[i - 1].toLowerCase',
  ],
  'For the type checker only: no decision has undefined for its id.': [
    'decide-on-arrival.ts: id === undefined => false',
  ],
  'Nothing rejects there: core decides whatever comes.': [
    'watch-requests.ts: () => void arrived.set(request, undefined) => () => undefined',
  ],
};
