const ADAPTER = 'hono/src/create-trusted-header.ts';
const GUARD = 'hono/src/require-identity.ts';
const DECIDE = 'const decision = seen?.decision ?? decideFacts(state, authenticator, facts);';
const DECIDED = 'seen?.decision ?? decideFacts(state, authenticator, facts)';

/** Decides again, of other facts. */
function withFacts(change) {
  return [[DECIDE, `const decision = decideFacts(state, authenticator, { ...facts, ${change} });`]];
}

/**
 * Known bugs of adapters, in Hono's.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const honoMutants = [
  {
    id: 'hono-conninfo-of-cloudflare',
    why: 'asks a conninfo helper that reads CF-Connecting-IP',
    file: ADAPTER,
    edits: withFacts("peer: c.req.header('cf-connecting-ip')"),
    caughtBy: 'stranger-user',
  },
  {
    id: 'hono-reads-forwarded-for',
    why: 'takes the last entry of X-Forwarded-For for the peer',
    file: ADAPTER,
    edits: withFacts("peer: c.req.header('x-forwarded-for')?.split(', ').at(-1)"),
    caughtBy: 'stranger-user',
  },
  {
    id: 'hono-fetch-headers',
    why: 'reads the Fetch headers, where two lines are joined',
    file: ADAPTER,
    edits: [
      [
        'const seen = readFacts ? undefined : bridge.decide',
        'const joined = [...c.req.raw.headers].flat();\n      const seen = readFacts ? undefined : bridge.decide',
      ],
      ...withFacts('rawHeaders: joined'),
    ],
    caughtBy: 'groups-twice',
  },
  {
    id: 'hono-keeps-fetch-headers',
    why: 'strips the Node request and leaves the Fetch request, read before',
    file: ADAPTER,
    edits: [
      ['stripFetchHeaders(c, isIdentityHeader, facts.rawHeaders.filter(isIdentityName));', ''],
    ],
    caughtBy: 'all-four-headers-read-before',
  },
  {
    id: 'hono-takes-any-request-for-unread',
    why: 'thinks that nobody has read the Fetch headers, and leaves what somebody has',
    file: 'hono/src/strip-fetch-headers.ts',
    edits: [['let isView = false;', 'return true;\n  let isView = false;']],
    caughtBy: 'all-four-headers-read-before',
  },
  {
    id: 'hono-strips-users-only',
    why: 'strips after a login, and leaves an ignored forgery readable',
    file: ADAPTER,
    edits: [
      [
        'if (!isUnreadView(c.req.raw, incoming)) {',
        "if (decision.kind === 'authenticated' && !isUnreadView(c.req.raw, incoming)) {",
      ],
    ],
    caughtBy: 'ignored-claim-is-stripped',
  },
  {
    id: 'hono-keeps-decision-in-closure',
    why: 'keeps the decision in a variable that all requests share, across a wait',
    file: ADAPTER,
    edits: [
      ['return function trustedHeader', 'let latest: any;\n    return function trustedHeader'],
      ['function decide(', 'async function decide('],
      [
        "c.set('decision', decision);",
        "latest = decision;\n      await new Promise(setImmediate);\n      c.set('decision', latest);",
      ],
    ],
    caughtBy: '200-users-at-once',
  },
  {
    id: 'hono-first-decision-for-all',
    why: 'decides once and remembers',
    file: ADAPTER,
    edits: [
      ['return function trustedHeader', 'let first: any;\n    return async function trustedHeader'],
      [DECIDE, `first ??= ${DECIDED};\n      const decision = first;`],
    ],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'hono-keeps-decision-on-connection',
    why: 'decides once a connection, though a proxy sends all its users over one',
    file: ADAPTER,
    edits: [
      [
        'return function trustedHeader',
        'const kept = new WeakMap();\n    return async function trustedHeader',
      ],
      [
        DECIDE,
        `const socket = c.env.incoming.socket;\n      const decision = kept.get(socket) ?? ${DECIDED};\n      kept.set(socket, decision);`,
      ],
    ],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'hono-anonymous-by-default',
    why: 'lets nobody in unless told otherwise',
    file: ADAPTER,
    edits: [
      [
        'bridge.resolveOptions(adapterOptions);',
        "bridge.resolveOptions({ anonymous: 'allow', ...adapterOptions });",
      ],
    ],
    caughtBy: 'nobody-refused',
  },
  {
    id: 'hono-refused-is-anonymous',
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
    id: 'hono-handler-runs-first',
    why: 'runs the handler, and answers with the problem afterwards',
    file: ADAPTER,
    edits: [
      ['function decide(', 'async function decide('],
      [
        'return answerRefusal(refusal, c);',
        'await next();\n      c.res = undefined;\n      c.res = await answerRefusal(refusal, c);\n      return;',
      ],
    ],
    caughtBy: 'stranger-user',
  },
  {
    id: 'hono-guard-lets-nobody-in',
    why: 'asks users for the group, and nobody for nothing',
    file: GUARD,
    edits: [
      [
        'const refusal = guard(decisionOf(c), c);',
        "const refusal = decisionOf(c).kind === 'anonymous' ? undefined : guard(decisionOf(c));",
      ],
    ],
    caughtBy: 'nobody-at-a-policy-in-public',
  },
  {
    id: 'hono-guard-ignores-policy',
    why: 'admits any user',
    file: GUARD,
    edits: [['compileGuard(...policy)', 'compileGuard()']],
    caughtBy: 'other-group-denied',
  },
  {
    id: 'hono-guard-needs-no-adapter',
    why: 'lets everybody in where the adapter was forgotten',
    file: GUARD,
    edits: [
      [
        'const refusal = guard(decisionOf(c), c);',
        "if (!c.get('decision')) return next();\n    const refusal = guard(decisionOf(c), c);",
      ],
    ],
    caughtBy: 'guard-without-adapter-for-nobody',
  },
  {
    id: 'hono-no-answer-counts',
    why: 'takes nothing for a response',
    file: 'hono/src/answer-refusal.ts',
    edits: [['if (isResponse(answer)) return answer;', 'return answer;']],
    caughtBy: 'answer-is-none',
  },
];
