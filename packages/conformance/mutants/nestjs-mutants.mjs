const FRONT = 'nestjs/src/trusted-header-front.ts';
const GUARD = 'nestjs/src/trusted-header-guard.ts';

/**
 * Known bugs of adapters, in Nest's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const nestjsMutants = [
  {
    id: 'nestjs-guard-ignores-policy',
    why: 'asks for an identity only',
    file: GUARD,
    edits: [
      [
        'guards.map((guard) => guard(decision, holder)).find((it) => it !== undefined)',
        'undefined',
      ],
    ],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'nestjs-stands-in-front-of-nothing',
    why: 'leaves requests to what comes before the guard, and to what has none',
    file: FRONT,
    edits: [['placeGuard(server, { ...plan, ...(handler && { handler }) });', '']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'nestjs-sockets-for-nobody',
    why: 'thinks that a guard asks about everything that listens',
    file: FRONT,
    edits: [['...(anonymousSockets && { anonymous: anonymousSockets })', "anonymous: 'allow'"]],
    caughtBy: 'door-polling',
  },
  {
    id: 'nestjs-door-locks-the-application',
    why: 'keeps nobody from what @AllowAnonymous() opens',
    file: FRONT,
    edits: [['...(handler && { handler })', '']],
    caughtBy: 'door-polling',
  },
  {
    id: 'nestjs-open-goes-before-policy',
    why: 'lets nobody in where @AllowAnonymous() and a policy meet',
    file: 'nestjs/src/rules.ts',
    edits: [
      [
        'return { isOpen: isOpen && guards.length + userGuards.length === 0, guards, userGuards };',
        'return isOpen ? { isOpen, guards: [], userGuards } : { isOpen, guards, userGuards };',
      ],
    ],
    caughtBy: 'nobody-at-a-policy-in-public',
  },
  {
    id: 'nestjs-tells-strangers-what-exists',
    why: 'answers 404 to nobody, for what no guard has asked about',
    file: 'nestjs/src/answer-nobody.ts',
    edits: [["return decisionOf(request)?.kind === 'anonymous' &&", 'return false &&']],
    caughtBy: 'nobody-on-an-unknown-path',
  },
  {
    id: 'nestjs-keeps-decision-in-module',
    why: 'keeps the decision in the module, which requests share',
    file: 'nestjs/src/decision-of.ts',
    edits: [
      [
        'export function decisionOf(',
        'let shared: Decision | undefined;\nexport function decisionOf(',
      ],
      [
        'return holder && keptDecision(holder);',
        'return holder && (shared ??= keptDecision(holder));',
      ],
    ],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'nestjs-guards-know-no-answer',
    why: 'lets the application answer in front only, and not what guards refuse',
    file: 'nestjs/src/trusted-header-front.ts',
    edits: [['if (onRefusal) answers.set(req, onRefusal);', '']],
    caughtBy: 'answered-for-nobody',
  },
];
