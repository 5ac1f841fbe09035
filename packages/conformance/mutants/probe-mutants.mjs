const WINDOW = 'core/src/probe/probe-window.ts';
const LINES = 'core/src/probe/probe-lines.ts';
const REPORT = 'core/src/probe/probe-report.ts';
const FRONT = 'node/src/server-front.ts';

/** The middleware of Express and of those like it. */
const ANSWERS = 'if (probe?.answers(req, res)) return;';

/**
 * Known bugs of the probe's receiver: who is answered, for how long, and what is told.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const probeMutants = [
  {
    id: 'core-probe-for-ever',
    why: 'answers for as long as the variable is set',
    file: WINDOW,
    edits: [
      [
        'if (performance.now() - start < OPEN_MS && Date.now() < end) return true;',
        'if (start < end) return true;',
      ],
    ],
    caughtBy: 'probe-after-its-time',
  },
  {
    id: 'core-probe-of-anybody',
    why: 'answers whoever sends the header',
    file: WINDOW,
    edits: [['isOneOf(trimOws(value), tokens)', "trimOws(value) !== ''"]],
    caughtBy: 'probe-without-its-token',
  },
  {
    id: 'core-probe-of-the-first-line',
    why: 'takes the first of two lines, and so lets a guess ride on a token',
    file: WINDOW,
    edits: [
      ['if (value !== undefined) return undefined;', 'if (value !== undefined) return value;'],
    ],
    caughtBy: 'probe-without-its-token',
  },
  {
    id: 'core-probe-by-an-alias',
    why: 'takes the token under another name, which proxies do not treat alike',
    file: WINDOW,
    edits: [["matchName(name, LOWER) !== 'same'", 'matchName(name, LOWER) === undefined']],
    caughtBy: 'probe-without-its-token',
  },
  {
    id: 'core-probe-shows-whole-values',
    why: 'shows what stands round the probe’s text',
    file: LINES,
    edits: [
      [
        'if (canary !== undefined) return { canary };',
        'if (canary !== undefined) return { canary: value };',
      ],
    ],
    caughtBy: 'probe-tells-its-own-values-only',
  },
  {
    id: 'core-probe-shows-every-line',
    why: 'tells which headers an application gets that are none of ours',
    file: LINES,
    edits: [['if (!isIdentityHeader(name)) return undefined;', '']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'core-probe-shows-every-token',
    why: 'shows what else stands in Connection',
    file: LINES,
    edits: [['.map(trimOws).filter(isShown)', '.map(trimOws)']],
    caughtBy: 'probe-sees-every-spelling',
  },
  {
    id: 'core-probe-shows-groups',
    why: 'shows the groups of whoever is signed in at the proxy',
    file: REPORT,
    edits: [['groups: shownGroups(groups)', 'groups']],
    caughtBy: 'probe-tells-its-own-values-only',
  },
  {
    id: 'core-probe-shows-the-address',
    why: 'tells from where a request comes, which is where the proxy is',
    file: REPORT,
    edits: [['        kind,\n        reason,\n', '        ...decision,\n']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'core-probe-without-the-proof',
    why: 'tells what is decided without waiting for the proof',
    file: REPORT,
    edits: [['await setup?.prepare?.(facts);', '']],
    caughtBy: 'probe-waits-for-the-proof',
  },
  {
    id: 'node-probe-leaves-the-token',
    why: 'leaves tokens, and what is nearly one, for the application to log',
    file: 'node/src/test-requests.ts',
    edits: [
      [
        'return hasProbe() ? (name) => isProbeHeader(name) || isOwn(name) : isOwn;',
        'return isOwn;',
      ],
    ],
    caughtBy: 'probe-without-its-token',
  },
  {
    id: 'node-probe-after-the-door',
    why: 'decides the probe’s requests at the door, and tells observers',
    file: FRONT,
    edits: [['if (probe?.answers(req, res, event)) return false;', '']],
    caughtBy: 'probe-before-others-listen',
  },
  {
    id: 'node-probe-without-upgrades',
    why: 'hands the probe’s handshakes to whoever opens WebSockets',
    file: FRONT,
    edits: [['if (probe?.answersUpgrade(req, socket)) return false;', '']],
    caughtBy: 'probe-before-others-listen',
  },
  {
    id: 'node-probe-without-trailers',
    why: 'answers before the trailers have come',
    file: 'node/src/read-trailers.ts',
    edits: [['isWhole ? trailersAsTheyCame(req) : []', '[]']],
    caughtBy: 'probe-sees-trailers',
  },
  {
    id: 'express-hands-the-probe-on',
    why: 'lets the application answer the probe',
    file: 'express/src/trusted-header.ts',
    edits: [[ANSWERS, '']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'koa-hands-the-probe-on',
    why: 'lets the application answer the probe',
    file: 'koa/src/trusted-header.ts',
    edits: [['if (probe?.answers(ctx.req, ctx.res)) {', 'if (probe && !ctx) {']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'fastify-hands-the-probe-on',
    why: 'lets the application answer the probe, where a scope has the adapter',
    file: 'fastify/src/trusted-header.ts',
    edits: [['if (probe?.answers(request.raw, reply.raw)) {', 'if (probe && !request) {']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'hono-hands-the-probe-on',
    why: 'lets the application answer the probe',
    file: 'hono/src/create-trusted-header.ts',
    edits: [['if (probed) return probed;', '']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'nestjs-hands-the-probe-on',
    why: 'lets the application answer the probe',
    file: 'nestjs/src/trusted-header-front.ts',
    edits: [['probe: settings.probe,', 'probe: undefined,']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'nextjs-hands-the-probe-on',
    why: 'lets Next render a page for the probe',
    file: 'nextjs/src/watch-requests.ts',
    edits: [['registry.settings?.probe?.answers(request, response, event) !== true', 'true']],
    caughtBy: 'probe-on-any-path',
  },
  {
    id: 'nextjs-decides-the-probe',
    why: 'tells observers of the probe’s requests',
    file: 'nextjs/src/watch-requests.ts',
    edits: [['if (isProbe(registry, arrival.request)) return undefined;', '']],
    caughtBy: 'probe-on-any-path',
  },
];
