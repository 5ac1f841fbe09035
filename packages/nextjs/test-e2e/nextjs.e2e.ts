import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Answer, ask, bytesOf, STRANGER, shown } from './ask.js';
import { definePolicyTests } from './policy-tests.js';
import { type PreparedApp, prepareApp } from './prepare-app.js';
import { defineProbeTests, PROBE_TOKEN } from './probe-tests.js';
import { defineProofTests } from './proof-tests.js';
import { type HowToRun, type RunningNext, runNext } from './run-next.js';
import { startUpstream, type Upstream } from './upstream.js';

const ALICE = [
  'Remote-User',
  'alice',
  'Remote-Groups',
  'admin,dev',
  'Remote-Name',
  bytesOf('José ✓'),
];
const IDENTITY = { user: 'alice', groups: ['admin', 'dev'], name: 'José ✓' };
const SOURCE = { kind: 'address', address: '127.0.0.1' };
const IS_ALICE = {
  decision: { kind: 'authenticated', identity: IDENTITY, source: SOURCE },
  identity: IDENTITY,
  leaked: [],
};
const IS_STRANGER = {
  decision: { kind: 'refused', reason: 'peer-untrusted', peer: STRANGER },
  identity: null,
  leaked: [],
};
const FORGED = [
  ...ALICE,
  'X-Forwarded-For',
  '127.0.0.1',
  'x-trusted-header-id',
  'guessed',
  'X-Trusted-Header-Id',
  'guessed',
  // CVE-2025-29927
  'x-middleware-subrequest',
  'proxy:proxy:proxy:proxy:proxy',
  'x-middleware-subrequest',
  'middleware:middleware:middleware:middleware:middleware',
];

/** Installing and building, at worst. */
const BUILD_MS = 240_000;
jest.setTimeout(20_000);

let upstream: Upstream;
const apps = new Map<string, Promise<PreparedApp>>();

beforeAll(async () => {
  upstream = await startUpstream();
});

afterAll(async () => {
  upstream.close();
  for (const app of apps.values()) await (await app).remove();
});

/** Builds each application once: what is standalone is in a folder of the same build. */
function prepared(next: '16' | '15'): Promise<PreparedApp> {
  const env = { UPSTREAM: upstream.url, ...(next === '16' && { STANDALONE: '1' }) };
  const app = apps.get(next) ?? prepareApp({ source: 'fixture', next, env });
  apps.set(next, app);
  return app;
}

async function run(
  next: '16' | '15',
  mode: HowToRun['mode'],
  how: Partial<HowToRun> = {},
): Promise<RunningNext> {
  const { folder } = await prepared(next);
  return runNext({ folder, mode, ...how, env: { UPSTREAM: upstream.url, ...how.env } });
}

/** Tells whether Next keeps nothing but the request that asks. */
function isIdle(kept: unknown): boolean {
  return typeof kept === 'object' && kept !== null && Reflect.get(kept, 'decisions') === 1;
}

/** Calls the server action of `/act` that redirects to the page for admins. */
async function redirectingAction(
  port: number,
  id: string,
  lines: readonly string[],
  from?: string,
): Promise<Answer> {
  const action = ['Next-Action', id, 'Content-Type', 'text/plain;charset=UTF-8'];
  return ask(port, {
    path: '/act',
    method: 'POST',
    body: '[]',
    lines: [...lines, ...action, 'Origin', `http://127.0.0.1:${port}`],
    ...(from !== undefined && { from }),
  });
}

async function actionId(port: number): Promise<string> {
  const { text } = await ask(port, { path: '/act' });
  return /\$ACTION_ID_([0-9a-f]+)/.exec(text)?.[1] ?? 'none';
}

const VARIANTS = [
  ['Next 16, next start', '16', 'start', false],
  ['Next 16, standalone with the preload', '16', 'standalone', true],
  ['Next 16, next dev', '16', 'dev', false],
  ['Next 15.5, next start', '15', 'start', false],
] as const;

describe.each(VARIANTS)('%s', (_name, next, mode, preload) => {
  let app: RunningNext;
  let port: number;
  beforeAll(async () => {
    const env = { TRUSTED_HEADER_PROBE: PROBE_TOKEN };
    app = await run(next, mode, { preload, nodeFlags: ['--expose-gc'], env });
    ({ port } = app);
  }, BUILD_MS);
  afterAll(() => app?.stop());

  it.each([
    ['a server component', '/'],
    ['a route handler', '/api/whoami'],
    ['an API route of the Pages router', '/api/legacy'],
    ['getServerSideProps', '/legacy-page'],
    ['a page that the matcher misses', '/unmatched'],
  ])('tells %s who is asking, and shows it no header', async (_where, path) => {
    expect(shown(await ask(port, { path, lines: ALICE }))).toEqual(IS_ALICE);
  });

  it.each(['/', '/api/whoami', '/api/legacy', '/legacy-page', '/admin', '/public', '/act'])(
    'refuses a forged %s from a stranger',
    async (path) => {
      const { status, text } = await ask(port, { path, lines: FORGED, from: STRANGER });
      expect([status, JSON.parse(text)]).toEqual([
        403,
        { type: 'about:blank', title: 'Forbidden', status: 403, code: 'peer-untrusted' },
      ]);
    },
  );

  it('gives a stranger nothing where the matcher misses', async () => {
    const forged = (path: string) => ask(port, { path, lines: FORGED, from: STRANGER });
    expect(shown(await forged('/unmatched'))).toEqual(IS_STRANGER);
    expect(shown(await forged('/unmatched/whoami'))).toEqual(IS_STRANGER);
    expect((await forged('/unmatched/admin')).text).not.toContain('ADMIN-SECRET');
  });

  it('answers 401 to nobody, and 403 to whom the policy does not admit', async () => {
    const bob = ['Remote-User', 'bob', 'Remote-Groups', 'dev'];
    const statusOf = async (path: string, lines: readonly string[]) =>
      (await ask(port, { path, lines })).status;
    expect(await statusOf('/admin', [])).toBe(401);
    expect(await statusOf('/admin', bob)).toBe(403);
    expect(await statusOf('/admin', ALICE)).toBe(200);
    expect(await statusOf('/api/admin', bob)).toBe(403);
    expect(shown(await ask(port, { path: '/api/admin', lines: ALICE }))).toEqual({ user: 'alice' });
  });

  definePolicyTests({ next, isDev: mode === 'dev', port: () => port });

  defineProbeTests({ port: () => port, upstream: () => upstream });

  it('refuses a user who comes twice', async () => {
    const answer = await ask(port, {
      path: '/api/whoami',
      lines: ['Remote-User', 'alice', 'remote-user', 'bob'],
    });
    expect([answer.status, shown(answer)]).toMatchObject([403, { code: 'header-repeated' }]);
  });

  it('knows nobody in the Edge runtime', async () => {
    expect(shown(await ask(port, { path: '/api/edge', lines: ALICE }))).toEqual({
      decision: { kind: 'undecided', reason: 'edge-runtime' },
      identity: null,
      leaked: [],
    });
  });

  it('keeps three users on one connection apart', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const users: unknown[] = [];
    for (const user of ['alice', 'bob', 'zoë']) {
      const lines = ['Remote-User', bytesOf(user)];
      users.push(shown(await ask(port, { path: '/unmatched/whoami', lines, agent })));
    }
    users.push(shown(await ask(port, { path: '/unmatched/whoami', agent })));
    agent.destroy();
    expect(users).toMatchObject([
      { identity: { user: 'alice' } },
      { identity: { user: 'bob' } },
      { identity: { user: 'zoë' } },
      { identity: null, decision: { kind: 'anonymous' } },
    ]);
  });

  it('keeps pipelined requests apart', async () => {
    const socket = connect(port, '127.0.0.1');
    const get = (...lines: readonly string[]) =>
      ['GET /unmatched/whoami HTTP/1.1', 'Host: a', ...lines, '', ''].join('\r\n');
    socket.write(get('Remote-User: alice') + get() + get('Remote-User: bob', 'Connection: close'));
    const users = [
      ...(await text(socket)).matchAll(/"identity":(null|\{"user":"\w+"\}),"leaked"/g),
    ];
    expect(users.map(([, user]) => user)).toEqual(['{"user":"alice"}', 'null', '{"user":"bob"}']);
  });

  it('keeps 50 users apart who come at once', async () => {
    const users = Array.from({ length: 50 }, (_, i) => `user-${i}`);
    const answers = await Promise.all(
      users.map((user) => ask(port, { path: '/', lines: ['Remote-User', user] })),
    );
    expect(answers.map(shown)).toMatchObject(users.map((user) => ({ identity: { user } })));
  });

  it('sends a stranger nowhere through an action that redirects', async () => {
    const id = await actionId(port);
    const { status, text } = await redirectingAction(port, id, FORGED, STRANGER);
    expect([status, text.includes('ADMIN-SECRET')]).toEqual([403, false]);
    const unclaimed = await redirectingAction(port, id, ['X-Forwarded-For', '127.0.0.1'], STRANGER);
    expect([
      unclaimed.headers['x-action-redirect'],
      unclaimed.text.includes('ADMIN-SECRET'),
    ]).toEqual([expect.stringContaining('/unmatched/admin'), false]);
  });

  it('leaves an admin one after the redirect of an action', async () => {
    const { headers, text } = await redirectingAction(port, await actionId(port), ALICE);
    expect(headers['x-action-redirect']).toContain('/unmatched/admin');
    expect(text).toContain('ADMIN-SECRET');
  });

  it('caches nobody’s identity in a page that is made anew each second', async () => {
    for (let i = 0; i < 3; i++) {
      await Promise.all([
        ask(port, { path: '/isr', lines: ALICE }),
        ask(port, { path: '/', lines: ALICE }),
      ]);
      await sleep(700);
    }
    const page = await ask(port, { path: '/isr', from: STRANGER });
    expect([page.status, page.text.includes('cached at'), page.text.includes('alice')]).toEqual([
      200,
      true,
      false,
    ]);
    expect((await ask(port, { path: '/', from: STRANGER })).status).toBe(401);
  });

  it('leaves nothing that is made for somebody to shared caches, and files of the build to all', async () => {
    const of = async (path: string, lines: readonly string[] = ALICE) =>
      (await ask(port, { path, lines })).headers['cache-control'];
    expect(await of('/api/whoami')).toBe('private');
    expect(await of('/api/legacy')).toBe('private');
    expect(await of('/open/upstream/x')).toBe('private');
    expect(await of('/')).toContain('no-store');
    const [file = ''] =
      /\/_next\/static\/[^"\\]+\.js/.exec((await ask(port, { path: '/act' })).text) ?? [];
    expect(await of(file)).toBe(
      mode === 'dev' ? await of(file, []) : 'public, max-age=31536000, immutable',
    );
    expect(await of('/open/heap', [])).toBe(undefined);
  });

  it('hands no identity header to another server, for HTTP and for WebSockets', async () => {
    upstream.seen.length = 0;
    for (const path of ['/open/rewritten', '/open/rewritten-bare', '/open/upstream/x']) {
      expect((await ask(port, { path, lines: [...ALICE, 'X-Kept', 'yes'] })).text).toBe('upstream');
    }
    const socket = connect(port, '127.0.0.1');
    const lines = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    socket.write(
      [
        'GET /open/upstream/socket HTTP/1.1',
        'Host: a',
        ...lines,
        'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==',
        'Remote-User: alice',
        'X-Kept: yes',
        '',
        '',
      ].join('\r\n'),
    );
    await once(socket, 'data');
    socket.destroy();
    const seen = upstream.seen.map(({ path, headers }) => [
      path,
      Object.keys(headers)
        .filter((name) => /^(remote|x-kept|x-trusted-header-id)/.test(name))
        .sort(),
    ]);
    expect(seen).toEqual([
      ['/from-proxy', ['x-kept']],
      ['/from-proxy-bare', ['x-kept']],
      // Rewrites of next.config come after the proxy: the id goes along, and is of no use to anybody.
      ['/from-config/x', ['x-kept', 'x-trusted-header-id']],
      ['/from-config/socket', ['x-kept', 'x-trusted-header-id']],
    ]);
  });

  it('gives the owner of a captured id nothing', async () => {
    upstream.seen.length = 0;
    const slow = ask(port, { path: '/open/upstream/slow', lines: ALICE });
    while (upstream.seen.length === 0) await sleep(10);
    const id = upstream.seen[0]?.headers['x-trusted-header-id'];
    expect(typeof id).toBe('string');
    const lines = ['x-trusted-header-id', String(id)];
    const replayed = [
      await ask(port, { path: '/unmatched/whoami', lines, from: STRANGER }),
      await ask(port, { path: '/unmatched/whoami', lines }),
    ];
    upstream.release();
    await slow;
    expect(replayed.map(shown)).toEqual([
      { decision: { kind: 'anonymous', trusted: false }, identity: null, leaked: [] },
      { decision: { kind: 'anonymous', trusted: true }, identity: null, leaked: [] },
    ]);
  });

  it('keeps nothing of a request that is over', async () => {
    // `next dev` makes each answer anew, on however busy a machine.
    const rounds = mode === 'dev' ? 2 : 10;
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    await Promise.all(
      Array.from({ length: 40 * rounds }, (_, i) =>
        ask(port, { path: '/api/admin', lines: ['Remote-User', `user-${i}`], agent }),
      ),
    );
    agent.destroy();
    // Answers that never had the connection: their clients are gone.
    for (let i = 0; i < rounds; i++) {
      // Pages take their time, and one in five is enough of them.
      const get = `GET ${i % 5 === 0 ? '/public' : '/unmatched/whoami'} HTTP/1.1\r\nHost: a\r\n\r\n`;
      const socket = connect(port, '127.0.0.1');
      socket.write(get.repeat(100), () => setTimeout(() => socket.destroy(), 5));
      await once(socket, 'close');
    }
    // Next goes on rendering for a while before its sockets notice.
    let kept: unknown;
    for (let i = 0; i < 60 && !isIdle(kept); i++) {
      await sleep(250);
      kept = shown(await ask(port, { path: '/open/heap' }));
    }
    expect(kept).toMatchObject({ decisions: 1, early: 0 });
  }, 90_000);
});

describe.each(VARIANTS)('%s,', (_name, next, mode, preload) => {
  defineProofTests({
    timeoutMs: BUILD_MS,
    run: (env) => run(next, mode, { preload, env }),
    redirect: async (port, lines) => redirectingAction(port, await actionId(port), lines),
  });
});

describe.each([
  ['without the preload', false],
  ['with the preload', true],
] as const)('200 requests at the moment that the port opens, %s', (_name, preload) => {
  it('never take a stranger for a user', async () => {
    const id = await knownActionId();
    const app = await run('16', 'start', {
      preload,
      until: 'listening',
      env: { REGISTER_DELAY_MS: '1500' },
    });
    try {
      const { port } = app;
      const kinds = [
        () => ask(port, { path: '/api/whoami', lines: ALICE }),
        () => ask(port, { path: '/unmatched/whoami', lines: FORGED, from: STRANGER }),
        () => redirectingAction(port, id, FORGED, STRANGER),
        () => redirectingAction(port, id, ALICE),
      ];
      const answers = await Promise.all(
        Array.from({ length: 200 }, async (_, i) => ({
          kind: i % 4,
          answer: await (kinds[i % 4] ?? Promise.reject)(),
        })),
      );
      const of = (kind: number) =>
        answers.filter((it) => it.kind === kind).map(({ answer }) => answer);
      const strangers = [...of(1), ...of(2)].map(({ text }) => text);
      expect(strangers.filter((it) => /"user"|ADMIN-SECRET/.test(it))).toEqual([]);

      const statuses = [...new Set([...of(0), ...of(2), ...of(3)].map(({ status }) => status))];
      const decisions = new Set(of(1).map((it) => JSON.stringify(shown(it))));
      if (preload) {
        expect(of(0).map(shown)).toEqual(Array(50).fill(IS_ALICE));
        expect([...decisions]).toEqual([JSON.stringify(IS_STRANGER)]);
        expect(of(2).map(({ status }) => status)).toEqual(Array(50).fill(403));
        expect(of(3).every(({ text }) => text.includes('ADMIN-SECRET'))).toBe(true);
      } else {
        expect(statuses.filter((status) => ![200, 303, 403, 503].includes(status))).toEqual([]);
        expect(
          of(0).some(({ status, headers }) => status === 503 && headers['retry-after'] === '1'),
        ).toBe(true);
      }
      // And afterwards all is well.
      expect(shown(await ask(port, { path: '/api/whoami', lines: ALICE }))).toEqual(IS_ALICE);
    } finally {
      await app.stop();
    }
  });

  /** Ids of actions are those of the build. */
  async function knownActionId(): Promise<string> {
    const app = await run('16', 'start');
    try {
      return await actionId(app.port);
    } finally {
      await app.stop();
    }
  }
});

describe('a bad setting', () => {
  it('lets nobody in, and is named in the log', async () => {
    const app = await run('16', 'start', {
      until: 'listening',
      env: { TRUSTED_PROXIES: '10.0.0.0/8, 0.0.0.0/0' },
    });
    try {
      // Next does not end by itself when `register()` throws.
      for (const path of ['/api/whoami', '/public', '/unmatched']) {
        expect((await ask(app.port, { path, lines: ALICE })).status).toBe(500);
      }
      expect(app.output()).toContain('"0.0.0.0/0" trusts every address there is');
    } finally {
      await app.stop();
    }
  });
});
