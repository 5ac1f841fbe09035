const ADAPTER = 'fastify/src/trusted-header.ts';
const GUARD = 'fastify/src/require-identity.ts';
/** Decides again, of other facts. */
const DECIDE = 'const decision = decideRequest(request.raw, authenticator, request, routeOf);';
const IMPORT = '  decideRequest,';

function withPeer(peer) {
  return [
    [IMPORT, '  decideRequest,\n  factsFromRequest,'],
    [
      DECIDE,
      `decideRequest(request.raw, authenticator);\n      const decision = authenticator.authenticate({ ...factsFromRequest(request.raw), peer: ${peer} });`,
    ],
  ];
}

/**
 * Known bugs of adapters, in Fastify's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const fastifyMutants = [
  {
    id: 'fastify-reads-request-ip',
    why: 'reads request.ip, which believes X-Forwarded-For once trustProxy is on',
    file: ADAPTER,
    edits: withPeer('request.ip'),
    caughtBy: 'stranger-user',
  },
  {
    id: 'fastify-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: ADAPTER,
    edits: withPeer('request.raw.socket.localAddress'),
    caughtBy: 'stranger-user',
  },
  {
    id: 'fastify-keeps-decision-in-plugin',
    why: 'keeps the decision in the plugin, where requests share it',
    file: ADAPTER,
    edits: [
      ['scope.addHook(', 'let shared;\n    scope.addHook('],
      [
        'request.decision = decision;',
        "shared = decision;\n      Object.defineProperty(request, 'decision', { get: () => shared });",
      ],
    ],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'fastify-lets-refused-through',
    why: 'treats a refused claim as anonymous',
    file: ADAPTER,
    edits: [['if (!refusal) {', "if (!refusal || refusal.kind === 'refused') {"]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'fastify-guard-ignores-policy',
    why: 'asks for an identity only',
    file: GUARD,
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'fastify-goes-on-unanswered',
    why: 'ends the hook while the application has not answered',
    file: 'fastify/src/answer-refusal.ts',
    edits: [['return new Promise(() => undefined);', 'return Promise.resolve();']],
    caughtBy: 'answer-is-none-for-a-guard',
  },
];
