const EVENTS = 'node/src/stand-in-front.ts';
const PROOF = 'core/src/authenticator/with-proof.ts';
const ARRIVAL = 'nextjs/src/decide-on-arrival.ts';

/**
 * Known bugs about proofs that have to be asked for.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const waitingMutants = [
  {
    id: 'core-proof-unavailable-is-nobody',
    why: 'takes who cannot be asked for one who says that nobody is there',
    file: PROOF,
    edits: [['// It has no answer.', 'verdict = { kind: "anonymous" };']],
    caughtBy: 'proof-unavailable-in-public',
  },
  {
    id: 'core-proof-adds-to-headers',
    why: 'asks about the user, and believes the headers about the groups',
    file: PROOF,
    edits: [
      [
        'setup.accept(verdict.identity, from, now.source)',
        'setup.accept({ ...identity, ...verdict.identity }, from, now.source)',
      ],
    ],
    caughtBy: 'proof-goes-before-groups',
  },
  {
    id: 'core-proof-of-somebody-else',
    why: 'believes the headers, where anybody at all has a proof',
    file: PROOF,
    edits: [
      [
        "if (ownValue(verdict, 'replaces') === true || named === user) {",
        'if (identity) return before;\n    {',
      ],
    ],
    caughtBy: 'proof-of-another-user',
  },
  {
    id: 'node-door-holds-nothing',
    why: 'hands over at once, and asks nobody',
    file: EVENTS,
    edits: [['const held = holdFor(each, args);', 'const held = undefined;']],
    caughtBy: 'door-proof-logger',
  },
  {
    id: 'node-held-upgrade-loses-its-head',
    why: 'forgets what came behind a handshake that it has held',
    file: EVENTS,
    edits: [
      [
        '() => emitBehind(i, args)',
        '() => emitBehind(i, [args[0], args[1], args[2], Buffer.alloc(0)])',
      ],
    ],
    caughtBy: 'door-proof-upgrade',
  },
  {
    id: 'node-holds-no-upgrades',
    why: 'holds requests only',
    file: EVENTS,
    edits: [["  'upgrade',\n]);", ']);']],
    caughtBy: 'door-proof-upgrade',
  },
  ...['express', 'koa', 'fastify'].map((name) => ({
    id: `${name}-waits-for-no-proof`,
    why: 'decides before the proof has been asked for',
    file: `${name}/src/trusted-header.ts`,
    edits: [
      [
        {
          express: 'prepareRequest(req, authenticator)',
          koa: 'prepareRequest(ctx.req, authenticator)',
          fastify: 'prepareRequest(request.raw, authenticator)',
        }[name],
        'undefined',
      ],
    ],
    caughtBy: 'proof-later',
  })),
  {
    id: 'hono-waits-for-no-proof',
    why: 'decides before the proof has been asked for',
    file: 'hono/src/create-trusted-header.ts',
    edits: [['isAsking ? prepareUntold(authenticator, factsToAsk(c)) : undefined', 'undefined']],
    caughtBy: 'proof-later',
  },
  {
    id: 'nextjs-waits-for-no-proof',
    why: 'decides on arrival, whatever there is to ask',
    file: ARRIVAL,
    edits: [['prepareUntold(settings.authenticator, facts)', 'undefined']],
    caughtBy: 'proof-later',
  },
  {
    id: 'nextjs-reads-before-the-answer',
    why: 'looks at what is known at once',
    file: 'nextjs/src/find-decision.ts',
    edits: [['await entry.pending;', '']],
    caughtBy: 'proof-later',
  },
  {
    id: 'nextjs-strips-with-the-answer',
    why: 'leaves the headers on the request while it waits, and Next copies them',
    file: ARRIVAL,
    edits: [
      [
        'stripHeaders(request, {',
        "if (!facts.rawHeaders.includes('X-Proof')) stripHeaders(request, {",
      ],
    ],
    caughtBy: 'proof-later',
  },
  {
    id: 'nextjs-answers-everybody',
    why: 'keeps an answer for all who wait',
    file: ARRIVAL,
    edits: [
      [
        'if (decisions.has(id)) decisions.set(id, complete(decision));',
        'for (const key of decisions.keys()) decisions.set(key, complete(decision));',
      ],
    ],
    caughtBy: 'proof-of-60-users-at-once',
  },
];
