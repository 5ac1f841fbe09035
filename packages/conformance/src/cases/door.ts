import type { ConformanceCase, Conversation, Exchange, WireRequest, Witness } from '../case.js';
import {
  anonymous,
  asNobody,
  asUser,
  authenticated,
  type ConformanceGroup,
  forbidden,
  from,
  NEVER_HANDLED,
  PROXY,
  STRANGER,
  UNAUTHORIZED,
} from './build.js';

const ALICE = 'Remote-User: alice';
const FORGED = ['Remote-User: mallory', 'Remote-Groups: admin-team'];
const AMBIGUOUS = [ALICE, 'Remote_User: mallory'];

/** What a request is sent as, to come to a witness. */
type Form = WireRequest;

/** Somebody forges, somebody is ambiguous, and nobody asks at all, from outside and through the proxy. */
function unwelcome(form: Form): readonly Conversation[] {
  const send = (...lines: readonly string[]): WireRequest => ({
    ...form,
    lines: [...(form.lines ?? []), ...lines],
  });
  return [
    from(STRANGER, { send: send(...FORGED), expect: forbidden('peer-untrusted') }),
    from(PROXY, { send: send(...AMBIGUOUS), expect: forbidden('header-ambiguous') }),
    from(STRANGER, { send: send(), expect: UNAUTHORIZED }),
    from(PROXY, { send: send(), expect: UNAUTHORIZED }),
  ];
}

/** The user through the proxy, answered by a witness or by the handler. */
function welcome(form: Form, by?: Witness): Conversation {
  const { decision } = authenticated({ user: 'alice' });
  return from(PROXY, {
    send: { ...form, lines: [...(form.lines ?? []), ALICE] },
    expect: by ? { kind: 'witnessed', by, decision } : { kind: 'handled', decision },
  });
}

/** What another site's page makes the user's browser send. */
function anotherOrigin(form: Form): Exchange {
  const lines = [...(form.lines ?? []), ALICE, 'Origin: https://evil.test'];
  return { send: { ...form, lines }, expect: forbidden('cross-origin') };
}

const PLAIN: Form = {};
const CONTINUE: Form = { method: 'POST', lines: ['Expect: 100-continue'], body: 'four' };
const EXPECTATION: Form = { lines: ['Expect: 200-ok'] };
const CONNECT: Form = { method: 'CONNECT', path: 'app.test:80' };
const UPGRADE: Form = { path: '/socket', lines: ['Connection: Upgrade', 'Upgrade: test'] };
const POLLING: Form = { path: '/polling/?EIO=4&transport=polling' };

/** Targets that Engine.IO reads otherwise than others do: each was, or may be, taken for an ordinary request of nobody. */
const ODD_TARGETS = [
  '/polling#',
  '/?transport=polling#',
  '//polling',
  '/whoami?transport=polling#',
];
const oddTargets: readonly Conversation[] = ODD_TARGETS.map((path) =>
  from(STRANGER, asNobody(path, NEVER_HANDLED)),
);

/** What is open stays open, in the application. */
const OPEN: readonly Conversation[] = [
  from(STRANGER, asNobody('/public', anonymous(false))),
  from(PROXY, asNobody('/public', anonymous(true))),
];

/** A connection on which the second request is one too many. */
function dropped(peer: typeof PROXY | typeof STRANGER, first: Exchange, lines: readonly string[]) {
  return { ...from(peer, first, { send: { lines }, expect: NEVER_HANDLED }), pipelined: true };
}

const EVERYBODY: readonly Witness[] = [
  'logger',
  'checkContinue',
  'checkExpectation',
  'connect',
  'upgrade',
  'polling',
];

const TRAILERS = ['Remote-User: mallory', 'Remote_Groups: admin-team'];

const cases: readonly ConformanceCase[] = [
  {
    id: 'door-logger',
    why: 'a logger that is mounted before the adapter must not write down forged names (H10)',
    witnesses: ['logger'],
    conversations: [...unwelcome(PLAIN), ...OPEN, welcome(PLAIN)],
  },
  {
    id: 'door-trailers',
    why: 'trailers come after everybody has taken hold of where they will be (H10)',
    witnesses: ['logger'],
    conversations: [welcome({ method: 'POST', body: 'trailed', trailers: TRAILERS })],
  },
  {
    id: 'door-continue',
    why: 'Node hands over Expect: 100-continue as another event, before the request (A6)',
    witnesses: ['checkContinue'],
    conversations: [...unwelcome(CONTINUE), welcome(CONTINUE)],
  },
  {
    id: 'door-expectation',
    why: 'Node hands over other expectations as another event (A6)',
    witnesses: ['checkExpectation'],
    conversations: [...unwelcome(EXPECTATION), welcome(EXPECTATION, 'checkExpectation')],
  },
  {
    id: 'door-connect',
    why: 'CONNECT was not stood in front of: its listener read remote-user: mallory (A6)',
    witnesses: ['connect'],
    conversations: [...unwelcome(CONNECT), welcome(CONNECT, 'connect')],
  },
  {
    id: 'door-upgrade',
    why: 'a WebSocket library beside the framework asks nobody who is there (A6)',
    witnesses: ['upgrade'],
    conversations: [...unwelcome(UPGRADE), welcome(UPGRADE, 'upgrade')],
  },
  {
    id: 'door-dropped',
    why: 'requests that Node drops were shown to their listeners with all their headers (A6)',
    witnesses: ['dropRequest'],
    conversations: [
      dropped(STRANGER, asNobody('/whoami', UNAUTHORIZED), FORGED),
      dropped(PROXY, asUser('bobby'), AMBIGUOUS),
      dropped(PROXY, asUser('bobby'), [ALICE]),
    ],
  },
  {
    id: 'door-polling',
    why: 'socket.io beside Express answered nobody, and showed forged names to its handlers (A6)',
    witnesses: ['polling'],
    conversations: [
      ...unwelcome(POLLING),
      ...oddTargets,
      ...OPEN,
      welcome(PLAIN),
      welcome(POLLING, 'polling'),
    ],
  },
  {
    id: 'door-polling-before-a-logger',
    why: 'nobody goes to the application only, however many listen (A6)',
    witnesses: ['polling', 'logger'],
    conversations: [...unwelcome(POLLING), ...OPEN, welcome(POLLING, 'polling')],
  },
  {
    id: 'door-allows-nobody',
    why: 'what is open by an option is open to all, and refused claims stay refused (D1)',
    options: { trustedProxies: ['127.0.0.1'], anonymous: 'allow' },
    witnesses: ['logger', 'polling'],
    conversations: [
      ...unwelcome(POLLING).slice(0, 2),
      from(STRANGER, {
        send: POLLING,
        expect: {
          kind: 'witnessed',
          by: 'polling',
          decision: { kind: 'anonymous', trusted: false },
        },
      }),
      from(STRANGER, asNobody('/whoami', anonymous(false))),
      welcome(POLLING, 'polling'),
      welcome(PLAIN),
    ],
  },
  {
    id: 'door-open-path',
    why: 'an open path is open to all who listen, and no other is (D6)',
    options: { trustedProxies: ['127.0.0.1'], open: ['/polling/'] },
    witnesses: ['polling', 'logger'],
    conversations: [
      ...unwelcome(POLLING).slice(0, 2),
      from(STRANGER, {
        send: POLLING,
        expect: {
          kind: 'witnessed',
          by: 'polling',
          decision: { kind: 'anonymous', trusted: false },
        },
      }),
      ...unwelcome(PLAIN),
      ...oddTargets,
      welcome(POLLING, 'polling'),
      welcome(PLAIN),
    ],
  },
  {
    id: 'door-another-origin',
    why: 'who listens beside the framework must not be given what another site’s page sends as the user (P4)',
    options: { trustedProxies: ['127.0.0.1'], sameOrigin: 'unsafe' },
    witnesses: ['logger', 'upgrade'],
    conversations: [
      from(PROXY, anotherOrigin(UPGRADE)),
      from(PROXY, anotherOrigin({ method: 'POST', body: 'x' })),
      welcome(PLAIN),
      welcome(UPGRADE, 'upgrade'),
    ],
  },
  {
    id: 'door-second-server',
    why: 'Fastify’s second binding, HTTP beside HTTPS: nobody stood in front of the other server (A6)',
    witnesses: ['logger', 'upgrade'],
    entry: 'second-server',
    conversations: [
      ...unwelcome(UPGRADE),
      ...unwelcome(PLAIN),
      ...OPEN,
      welcome(PLAIN),
      welcome(UPGRADE, 'upgrade'),
    ],
  },
  {
    id: 'door-second-hand',
    why: 'a server may get its connections from another one, which has looked at the first bytes (A6)',
    witnesses: ['logger', 'upgrade'],
    entry: 'second-hand',
    conversations: [
      ...unwelcome(UPGRADE),
      ...unwelcome(PLAIN),
      ...OPEN,
      welcome(PLAIN),
      welcome(UPGRADE, 'upgrade'),
    ],
  },
  {
    id: 'door-everybody-at-once',
    why: 'who listens beside whom makes no difference (A6)',
    witnesses: EVERYBODY,
    conversations: [
      ...[PLAIN, CONTINUE, EXPECTATION, CONNECT, UPGRADE, POLLING].flatMap(unwelcome),
      ...oddTargets,
      ...OPEN,
      welcome(PLAIN),
      welcome(CONTINUE),
      welcome(EXPECTATION, 'checkExpectation'),
      welcome(CONNECT, 'connect'),
      welcome(UPGRADE, 'upgrade'),
      welcome(POLLING, 'polling'),
    ],
  },
];

export const door: ConformanceGroup = { title: 'others listen at the same server', cases };
