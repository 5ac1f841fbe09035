const ADAPTER = 'express/src/trusted-header.ts';
const GUARD = 'express/src/require-identity.ts';
const FACTS = 'factsFromRequest(req)';

/**
 * Known bugs of adapters, in Express's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const expressMutants = [
  {
    id: 'express-reads-req-ip',
    why: 'reads req.ip, which believes X-Forwarded-For once trust proxy is on',
    file: ADAPTER,
    edits: [[FACTS, `{ ...${FACTS}, peer: req.ip }`]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-reads-own-address',
    why: 'takes the address of the server for that of the peer',
    file: ADAPTER,
    edits: [[FACTS, `{ ...${FACTS}, peer: req.socket.localAddress }`]],
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-skips-stripping',
    why: 'leaves the raw headers to the handler',
    file: ADAPTER,
    edits: [['stripHeaders(req, authenticator);', '']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'express-lets-refused-through',
    why: 'treats a refused claim as anonymous',
    file: ADAPTER,
    edits: [
      ['if (refusal) sendProblem', "if (refusal && decision.kind !== 'refused') sendProblem"],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'express-goes-on-after-refusing',
    why: 'answers, and calls the handler all the same',
    file: ADAPTER,
    edits: [['else next();', 'next();']],
    caughtBy: 'refused-body-is-no-request',
  },
  {
    id: 'express-guard-ignores-policy',
    why: 'asks for an identity only',
    file: GUARD,
    edits: [['compileGuard(policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
];
