const ADAPTER = 'koa/src/trusted-header.ts';
const GUARD = 'koa/src/require-identity.ts';
/** Decides again, of other facts. */
const DECIDE = 'const decision = decideRequest(ctx.req, authenticator, ctx, routeOf);';
const IMPORT = 'import {\n  decideRequest,';
const PASS = 'return next();';

function withPeer(peer) {
  return [
    [IMPORT, 'import {\n  factsFromRequest,\n  decideRequest,'],
    [
      DECIDE,
      `decideRequest(ctx.req, authenticator);\n    const decision = authenticator.authenticate({ ...factsFromRequest(ctx.req), peer: ${peer} });`,
    ],
  ];
}

/**
 * Known bugs of adapters, in Koa's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const koaMutants = [
  {
    id: 'koa-reads-ctx-ip',
    why: 'reads ctx.ip, which believes X-Forwarded-For once app.proxy is on',
    file: ADAPTER,
    edits: withPeer('ctx.ip'),
    caughtBy: 'stranger-user',
  },
  {
    id: 'koa-reads-x-real-ip',
    why: 'prefers a header to the connection',
    file: ADAPTER,
    edits: withPeer("ctx.get('x-real-ip') || ctx.req.socket.remoteAddress"),
    caughtBy: 'stranger-user',
  },
  {
    id: 'koa-keeps-decision-in-closure',
    why: 'keeps the decision in a variable that all requests share, across a wait',
    file: ADAPTER,
    edits: [
      ['return function trustedHeader', 'let latest: any;\n  return function trustedHeader'],
      ['function decide(', 'async function decide('],
      [
        'ctx.state.decision = decision;',
        'latest = decision;\n    await new Promise(setImmediate);\n    ctx.state.decision = latest;',
      ],
    ],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'koa-keeps-decision-on-connection',
    why: 'decides once a connection, though a proxy sends all its users over one',
    file: ADAPTER,
    edits: [
      [
        'return function trustedHeader',
        'const known = new WeakMap();\n  return async function trustedHeader',
      ],
      [
        DECIDE,
        `const decision = known.get(ctx.req.socket) ?? decideRequest(ctx.req, authenticator);\n    known.set(ctx.req.socket, decision);`,
      ],
    ],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'koa-state-on-the-app',
    why: 'puts the identity on a context that all requests inherit from',
    file: ADAPTER,
    edits: [
      [
        'ctx.state.decision = decision;',
        'const shared: any = ctx.app.context;\n    shared.seen ??= {};\n    ctx.state = shared.seen;\n    ctx.state.decision = decision;',
      ],
    ],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'koa-anonymous-by-default',
    why: 'lets nobody in unless told otherwise',
    file: ADAPTER,
    edits: [
      ['resolveNodeOptions(options);', "resolveNodeOptions({ anonymous: 'allow', ...options });"],
    ],
    caughtBy: 'nobody-refused',
  },
  {
    id: 'koa-refused-is-anonymous',
    why: 'lets a refused request into what is open',
    file: ADAPTER,
    edits: [
      [
        'admit(decision,',
        "admit(decision.kind === 'refused' ? { kind: 'anonymous', trusted: false } : decision,",
      ],
    ],
    caughtBy: 'forgery-refused-in-public',
  },
  {
    id: 'koa-answers-and-goes-on',
    why: 'sends the problem and runs the handler all the same',
    file: ADAPTER,
    edits: [
      ['return answerRefusal(refusal, ctx);', 'return answerRefusal(refusal, ctx).then(next);'],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'koa-safe-methods-pass',
    why: 'lets preflight requests pass',
    file: ADAPTER,
    edits: [['if (!refusal)', "if (!refusal || ctx.method === 'OPTIONS')"]],
    caughtBy: 'preflight-is-no-exception',
  },
  {
    id: 'koa-guard-lets-nobody-in',
    why: 'asks users for the group, and nobody for nothing',
    file: GUARD,
    edits: [
      [
        'const refusal = guard(decisionOf(ctx), ctx.req);',
        "const refusal = decisionOf(ctx).kind === 'anonymous' ? undefined : guard(decisionOf(ctx));",
      ],
    ],
    caughtBy: 'nobody-at-a-policy-in-public',
  },
  {
    id: 'koa-guard-ignores-policy',
    why: 'admits any user',
    file: GUARD,
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'koa-guard-needs-no-adapter',
    why: 'lets everybody in where the adapter was forgotten',
    file: GUARD,
    edits: [
      [
        'const refusal = guard(decisionOf(ctx), ctx.req);',
        `if (!ctx.state.decision) ${PASS}\n    const refusal = guard(decisionOf(ctx), ctx.req);`,
      ],
    ],
    caughtBy: 'guard-without-adapter-for-nobody',
  },
  {
    id: 'koa-problem-in-english',
    why: 'does not look at Accept-Language',
    file: 'koa/src/send-problem.ts',
    edits: [['accept, acceptLanguage }', 'accept, acceptLanguage: undefined }']],
    caughtBy: 'page-in-the-language-asked-for',
  },
  {
    id: 'koa-problem-echoes-the-request',
    why: 'tells the client what it sent',
    file: 'koa/src/send-problem.ts',
    edits: [
      [
        'ctx.body = body;',
        "ctx.body = body.replace('}', ',\"sent\":' + JSON.stringify(ctx.req.headers) + '}');",
      ],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'koa-failed-answer-counts',
    why: 'takes what an application has set before it failed for an answer',
    file: 'koa/src/answer-refusal.ts',
    edits: [['return ctx.headerSent;', 'return true;']],
    caughtBy: 'answer-throws',
  },
];
