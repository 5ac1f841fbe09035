const FRONT = 'nestjs/src/trusted-header-front.ts';
const GUARD = 'nestjs/src/trusted-header-guard.ts';
const FACTS = 'authenticate(factsFromRequest(req))';

/**
 * Known bugs of adapters, in Nest's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const nestjsMutants = [
  {
    id: 'nestjs-reads-forwarded-for',
    why: 'takes the client IP for the peer, as request.ip does once trust proxy is on',
    file: FRONT,
    edits: [
      [FACTS, "authenticate({ ...factsFromRequest(req), peer: req.headers['x-forwarded-for'] })"],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nestjs-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: FRONT,
    edits: [[FACTS, 'authenticate({ ...factsFromRequest(req), peer: req.socket.localAddress })']],
    caughtBy: 'stranger-user',
  },
  {
    id: 'nestjs-strips-in-the-guard-only',
    why: 'leaves the headers to everything that comes before the guard, and to what has none',
    file: FRONT,
    edits: [['stripHeaders(req, authenticator);', '']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'nestjs-keeps-decision-in-provider',
    why: 'keeps the decision in the provider, which requests share',
    file: 'nestjs/src/decision-of.ts',
    edits: [
      ['for (const subject of subjects) decisions.set(subject, decision);', 'shared = decision;'],
      [
        "  if (typeof subject !== 'object' || subject === null) return undefined;",
        "  if (typeof subject !== 'object' || subject === null || shared) return shared;",
      ],
      ['const decisions =', 'let shared: Decision | undefined;\nconst decisions ='],
    ],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'nestjs-lets-refused-through',
    why: 'treats a refused claim as anonymous',
    file: FRONT,
    edits: [
      [
        'return refusalOf(decision, mode);',
        "return decision.kind === 'refused' ? undefined : refusalOf(decision, mode);",
      ],
    ],
    caughtBy: 'forgery-on-an-unknown-path',
  },
  {
    id: 'nestjs-guard-ignores-policy',
    why: 'asks for an identity only',
    file: GUARD,
    edits: [['guards.map((guard) => guard(decision)).find((it) => it !== undefined)', 'undefined']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'nestjs-open-goes-before-policy',
    why: 'lets nobody in where @AllowAnonymous() and a policy meet',
    file: 'nestjs/src/rules.ts',
    edits: [
      [
        'return { isOpen: guards.length === 0 && subjects.some(isOpen), guards };',
        'return subjects.some(isOpen) ? { isOpen: true, guards: [] } : { isOpen: false, guards };',
      ],
    ],
    caughtBy: 'nobody-at-a-policy-in-public',
  },
  {
    id: 'nestjs-tells-strangers-what-exists',
    why: 'answers 404 to nobody, for what no guard has asked about',
    file: 'nestjs/src/trusted-header-filter.ts',
    edits: [["return decision?.kind === 'anonymous' ? decision : undefined;", 'return undefined;']],
    caughtBy: 'nobody-on-an-unknown-path',
  },
];
