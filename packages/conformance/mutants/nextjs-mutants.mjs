const ARRIVAL = 'nextjs/src/decide-on-arrival.ts';
const PROXY = 'nextjs/src/trusted-header-proxy.ts';
const FACTS = 'const facts = factsFromRequest(req);';

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
      [FACTS, "const facts = { ...factsFromRequest(req), peer: req.headers['x-forwarded-for'] };"],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: ARRIVAL,
    edits: [[FACTS, 'const facts = { ...factsFromRequest(req), peer: req.socket.localAddress };']],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-skips-stripping',
    why: 'leaves the raw headers to pages and handlers',
    file: ARRIVAL,
    edits: [
      ['isInternalHeader(name) || authenticator.isIdentityHeader(name)', 'isInternalHeader(name)'],
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
    file: PROXY,
    edits: [
      ['if (refusal) return problem', "if (refusal && decision.kind !== 'refused') return problem"],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nextjs-guard-ignores-policy',
    why: 'asks for an identity only',
    file: 'nextjs/src/compile-admission.ts',
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
];
