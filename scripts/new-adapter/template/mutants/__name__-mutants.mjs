const ADAPTER = '__name__/src/trusted-header.ts';
const GUARD = '__name__/src/require-identity.ts';

/**
 * Known bugs of adapters, in that of __name__.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const __camel__Mutants = [
  {
    id: '__name__-reads-x-real-ip',
    why: 'prefers a header to the connection',
    file: ADAPTER,
    edits: [
      ['import {\n  decideRequest,', 'import {\n  factsFromRequest,\n  decideRequest,'],
      [
        'const decision = decideRequest(req, authenticator);',
        "decideRequest(req, authenticator);\n    const peer = [req.headers['x-real-ip']].flat()[0] ?? req.socket.remoteAddress;\n    const decision = authenticator.authenticate({ ...factsFromRequest(req), peer });",
      ],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: '__name__-anonymous-by-default',
    why: 'lets nobody in unless told otherwise',
    file: ADAPTER,
    edits: [
      ['resolveNodeOptions(options);', "resolveNodeOptions({ anonymous: 'allow', ...options });"],
    ],
    caughtBy: 'nobody-refused',
  },
  {
    id: '__name__-answers-and-goes-on',
    why: 'sends the problem and runs the handler all the same',
    file: ADAPTER,
    edits: [
      ['answerRefusal(refusal, req, res);', 'answerRefusal(refusal, req, res);\n    next();'],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: '__name__-waits-for-no-proof',
    why: 'decides before the proof has been asked for',
    file: ADAPTER,
    edits: [['const pending = prepareRequest(req, authenticator);', 'const pending = undefined;']],
    caughtBy: 'proof-later',
  },
  {
    id: '__name__-guard-ignores-policy',
    why: 'admits any user',
    file: GUARD,
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
];
