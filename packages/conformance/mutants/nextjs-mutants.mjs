const ARRIVAL = 'nextjs/src/decide-on-arrival.ts';
const PROXY = 'nextjs/src/trusted-header-proxy.ts';
const REFUSE = 'nextjs/src/refuse-request.ts';
const FACTS = 'const facts = factsFromRequest(request);';
const DECIDES = 'decideRequest(request, authenticator);';

/** Decides by what was read on arrival, whatever a bug has made of it. */
const DECIDES_BY_FACTS = [
  ['    : decideAdmitted(settings, request);', '    : decideAdmitted(settings, request, facts);'],
  [
    'admit }: Settings, request: NodeRequest)',
    'admit }: Settings, request: NodeRequest, facts?: any)',
  ],
  [DECIDES, 'authenticator.authenticate(facts);'],
];

/**
 * Known bugs of adapters, in Next's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const nextjsMutants = [
  {
    id: 'nextjs-reads-forwarded-for',
    why: 'takes X-Forwarded-For for the peer: Next keeps the client’s',
    file: ARRIVAL,
    edits: [
      [
        FACTS,
        "const facts = { ...factsFromRequest(request), peer: request.headers['x-forwarded-for'] };",
      ],
      ...DECIDES_BY_FACTS,
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: ARRIVAL,
    edits: [
      [FACTS, 'const facts = { ...factsFromRequest(request), peer: request.socket.localAddress };'],
      ...DECIDES_BY_FACTS,
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-skips-stripping',
    why: 'leaves the raw headers to pages and handlers',
    file: ARRIVAL,
    edits: [
      ['isInternalHeader(name) || authenticator.isIdentityHeader(name)', 'isInternalHeader(name)'],
      ...DECIDES_BY_FACTS,
    ],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'nextjs-believes-internal-header',
    why: 'leaves an internal header that a client has sent, and can be guessed',
    file: ARRIVAL,
    edits: [
      ['isInternalHeader(name) || authenticator', 'authenticator'],
      ['headers[INTERNAL_HEADER] = id;', 'headers[INTERNAL_HEADER] ??= id;'],
      ['const id = randomUUID();', 'const id = String(counter++);'],
      ['/**\n * Carries', 'let counter = 0;\n\n/**\n * Carries'],
    ],
    caughtBy: 'guessed-ids-at-once',
  },
  {
    id: 'nextjs-reuses-ids',
    why: 'gives an id again while somebody else’s request has it',
    file: ARRIVAL,
    edits: [['const id = randomUUID();', 'const id = String(registry.decisions.size % 50);']],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'nextjs-undecided-is-somebody',
    why: 'lets a request through that nobody has decided',
    file: 'nextjs/src/require-identity.ts',
    edits: [['throw new Error(explainUndecided(admission.reason));', "return { user: 'nobody' };"]],
    caughtBy: 'guard-without-adapter',
  },
  {
    id: 'nextjs-lets-refused-through',
    why: 'treats a refused claim as anonymous',
    file: REFUSE,
    edits: [['if (!refusal) return', "if (!refusal || refusal.kind === 'refused') return"]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-guard-ignores-policy',
    why: 'asks for an identity only',
    file: 'nextjs/src/compile-admission.ts',
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'nextjs-opens-a-prefix',
    why: 'opens every path below /_next/static/, though Next has routes for what is no file there',
    file: PROXY,
    edits: [
      [
        "if ('decision' in found && found.isOpen) return 'allow';",
        "if (request.nextUrl.pathname.startsWith('/_next/static/')) return 'allow';\n  if ('decision' in found && found.isOpen) return 'allow';",
      ],
    ],
    caughtBy: 'path-of-assets-is-no-exception',
  },
  {
    id: 'nextjs-opens-a-prefix-to-fetch',
    why: 'asks for a method and a prefix, and not for a file',
    file: REFUSE,
    edits: [
      [
        '(await findRegistry()?.isBuildFile(fileTarget)) ?? false',
        "fileTarget.startsWith('/_next/static/')",
      ],
    ],
    caughtBy: 'path-of-assets-is-no-exception',
  },
  {
    id: 'nextjs-opens-any-method',
    why: 'opens names of files for posts as well',
    file: REFUSE,
    edits: [['return fileTarget !== undefined && (', 'return fileTarget === undefined || (']],
    caughtBy: 'path-of-assets-is-no-exception-for-post',
  },
  {
    id: 'nextjs-tells-no-channel',
    why: 'leaves it to the application to publish decisions',
    file: 'nextjs/src/register-trusted-header.ts',
    edits: [['  publishDecisions();\n', '']],
    caughtBy: 'channel-every-decision',
  },
  {
    id: 'nextjs-handlers-know-no-answer',
    why: 'lets the application answer in proxy.ts only',
    file: 'nextjs/src/trusted-header-proxy.ts',
    edits: [['found.onRefusal = onRefusal;', 'found.onRefusal = undefined;']],
    caughtBy: 'answered-for-a-guard',
  },
];
