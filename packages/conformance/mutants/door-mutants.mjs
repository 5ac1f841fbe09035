const FRONT = 'node/src/server-front.ts';
const EVENTS = 'node/src/stand-in-front.ts';
const DECIDE = 'node/src/decide-request.ts';

/**
 * Known bugs of the door, which all adapters share: what stands in front of a server.
 *
 * @type {import('./mutant.d.mts').Mutant[]}
 */
export const doorMutants = [
  {
    id: 'node-skips-stripping',
    why: 'leaves the raw headers to the handler',
    file: DECIDE,
    edits: [['stripHeaders(req, authenticator);\n  return keepUntold', 'return keepUntold']],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'node-strips-users-only',
    why: 'strips after a login, and leaves an ignored forgery readable',
    file: DECIDE,
    edits: [
      [
        'stripHeaders(req, authenticator);\n  return keepUntold',
        "if (outcome.decision.kind === 'authenticated') stripHeaders(req, authenticator);\n  return keepUntold",
      ],
    ],
    caughtBy: 'ignored-claim-is-stripped',
  },
  {
    id: 'node-tells-before-it-strips',
    why: 'hands observers a request with the claim still on it, which they write to a log',
    file: DECIDE,
    edits: [
      [
        'stripHeaders(req, authenticator);\n  return keepUntold',
        'keepUntold(state, authenticator, outcome);\n  tellUntold(state);\n  stripHeaders(req, authenticator);\n  return keepUntold',
      ],
    ],
    caughtBy: 'all-four-headers',
  },
  {
    id: 'node-decides-twice',
    why: 'decides at the door and in the middleware again, so that observers count each user twice',
    file: DECIDE,
    edits: [
      ['if (state.decision && state.authenticator === authenticator) return state.decision;', ''],
    ],
    caughtBy: 'door-logger',
  },
  {
    id: 'node-decides-for-anybody',
    why: 'keeps what was decided about the first request for all that follow',
    file: DECIDE,
    edits: [
      [
        'const state = stateOf(subject);\n  if',
        'const state = (latest ??= stateOf(subject));\n  if',
      ],
      ['/** The same for an HTTP/2', 'let latest: any;\n\n/** The same for an HTTP/2'],
    ],
    caughtBy: 'users-in-turn',
  },
  {
    id: 'node-door-without-upgrades',
    why: 'does not stand in front of upgrades, about which no middleware asks',
    file: EVENTS,
    edits: [
      [
        "case 'upgrade':\n      return onUpgrade(front, event, first, second);",
        "case 'upgrade':\n      return true;",
      ],
    ],
    caughtBy: 'door-upgrade',
  },
  {
    id: 'node-door-without-connect',
    why: 'does not stand in front of CONNECT',
    file: EVENTS,
    edits: [["    case 'connect':\n", '']],
    caughtBy: 'door-connect',
  },
  {
    id: 'node-door-without-continue',
    why: 'does not stand in front of checkContinue, whose listener sees the request first',
    file: EVENTS,
    edits: [["    case 'checkContinue':\n", '']],
    caughtBy: 'door-continue',
  },
  {
    id: 'node-door-without-expectation',
    why: 'does not stand in front of checkExpectation',
    file: EVENTS,
    edits: [["    case 'checkExpectation':\n", '']],
    caughtBy: 'door-expectation',
  },
  {
    id: 'node-door-without-dropped',
    why: 'shows what Node drops to its listeners as it came',
    file: EVENTS,
    edits: [['if (first instanceof IncomingMessage) front.onDropped(first);', '']],
    caughtBy: 'door-dropped',
  },
  {
    id: 'node-door-sockets-for-nobody',
    why: 'thinks that somebody behind it will ask who opens a socket',
    file: FRONT,
    edits: [
      [
        'const refusal = admitSockets(decision, shapeOf(req), req, req);',
        "const asked = admitSockets(decision, shapeOf(req), req);\n    const refusal = asked?.kind === 'anonymous' ? undefined : asked;",
      ],
    ],
    caughtBy: 'door-upgrade',
  },
  {
    id: 'node-door-for-everybody',
    why: 'lets nobody to everybody who listens, though only the application asks',
    file: FRONT,
    edits: [["event === 'request' && isOnlyListener(server, handler)", "event === 'request'"]],
    caughtBy: 'door-polling',
  },
  {
    id: 'node-door-for-the-handler-and-others',
    why: 'lets nobody to all who listen if the application is one of them',
    file: FRONT,
    edits: [
      [
        "server.listenerCount('request') === 1 && server.listeners('request')[0] === handler",
        "server.listeners('request').includes(handler)",
      ],
    ],
    caughtBy: 'door-logger',
  },
  {
    id: 'node-door-without-handler',
    why: 'keeps nobody from public pages of an application that asks by itself',
    file: FRONT,
    edits: [['if (handler && isAsked &&', 'if (!handler && isAsked &&']],
    caughtBy: 'door-logger',
  },
  {
    id: 'node-door-of-one-server',
    why: 'stands in front of one server, and leaves the second one with the same application open',
    file: 'node/src/guard-siblings.ts',
    edits: [['stopWatching = watchServers(guardLike);', '']],
    caughtBy: 'door-second-server',
  },
  {
    id: 'node-door-misses-late-connections',
    why: 'does not see a server that gets a connection only after somebody has looked at its first bytes',
    file: 'node/src/watch-servers.ts',
    edits: [["socket.on('newListener', onListener);", '']],
    caughtBy: 'door-second-hand',
  },
];
