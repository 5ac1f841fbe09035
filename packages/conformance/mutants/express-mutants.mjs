const ADAPTER = 'express/src/trusted-header.ts';
const GUARD = 'express/src/require-identity.ts';
/** Decides again, of other facts. */
const DECIDE = 'const decision = decideRequest(req, authenticator, req, routeOf);';
const IMPORT = 'import {\n  decideRequest,';

function withPeer(peer) {
  return [
    [IMPORT, 'import {\n  factsFromRequest,\n  decideRequest,'],
    [
      DECIDE,
      `decideRequest(req, authenticator);\n    const decision = authenticator.authenticate({ ...factsFromRequest(req), peer: ${peer} });`,
    ],
  ];
}

/**
 * Known bugs of adapters, in Express's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const expressMutants = [
  {
    id: 'express-no-way-to-the-portal',
    why: 'leaves a person with a page that leads nowhere',
    file: 'express/src/answer-refusal.ts',
    edits: [['{ signIn: way.url }', '{}']],
    caughtBy: 'portal-on-the-page-of-a-form',
  },
  {
    id: 'express-reads-req-ip',
    why: 'reads req.ip, which believes X-Forwarded-For once trust proxy is on',
    file: ADAPTER,
    edits: withPeer('req.ip'),
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: ADAPTER,
    edits: withPeer('req.socket.localAddress'),
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-lets-refused-through',
    why: 'treats a refused claim as anonymous',
    file: ADAPTER,
    edits: [['if (!refusal) {', "if (!refusal || refusal.kind === 'refused') {"]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-goes-on-after-refusing',
    why: 'answers, and calls the handler all the same',
    file: ADAPTER,
    edits: [
      [
        'answerRefusal(refusal, req, res, next);',
        'answerRefusal(refusal, req, res, next);\n    next();',
      ],
    ],
    caughtBy: 'refused-body-is-no-request',
  },
  {
    id: 'express-guard-ignores-policy',
    why: 'asks for an identity only',
    file: GUARD,
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'express-guards-know-no-answer',
    why: 'lets the application answer what the adapter refuses, and not what guards do',
    file: 'express/src/require-identity.ts',
    edits: [
      ['if (refusal) answerRefusal(refusal, req, res, next);', 'if (refusal) res.sendStatus(403);'],
    ],
    caughtBy: 'answered-for-a-guard',
  },
];
