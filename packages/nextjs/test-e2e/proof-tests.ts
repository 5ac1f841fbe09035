import { Agent } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, ask, STRANGER, shown } from './ask.js';
import { PROOF_MS, type ProofServer, startProofServer } from './proof-server.js';
import type { RunningNext } from './run-next.js';

/** How to run the fixture, and an action of it that redirects to the page for admins. */
export interface ProofFixture {
  readonly timeoutMs: number;
  run(env: Readonly<Record<string, string>>): Promise<RunningNext>;
  redirect(port: number, lines: readonly string[]): Promise<Answer>;
}

/** Where a page, a handler or a function of `proxy.ts` reads who is asking. */
const PLACES = [
  ['a server component', '/'],
  ['a route handler', '/api/whoami'],
  ['an API route of the Pages router', '/api/legacy'],
  ['getServerSideProps', '/legacy-page'],
  ['a page that the matcher misses', '/unmatched'],
  ['a handler that the matcher misses', '/unmatched/whoami'],
] as const;

const SOURCE = { kind: 'address', address: '127.0.0.1' };
const proof = (user: string) => ['X-Proof', user];

/** Defines the tests of the fixture with a proof that takes its time: nobody gets another's answer, and nobody an early one. */
export function defineProofTests({ timeoutMs, run, redirect }: ProofFixture): void {
  describe('with a proof that has to be asked for', () => {
    let proofs: ProofServer;
    let app: RunningNext;
    let port: number;
    beforeAll(async () => {
      proofs = await startProofServer();
      app = await run({ PROOF_URL: proofs.url });
      ({ port } = app);
      // `next dev` makes each when it is first asked for.
      for (const [, path] of PLACES) await ask(port, { path });
    }, timeoutMs);
    afterAll(async () => {
      await app?.stop();
      proofs.close();
    });

    it.each(PLACES)('waits in %s: three users at once', async (_where, path) => {
      const started = performance.now();
      const answers = await Promise.all(
        ['alice', 'bob', 'zoe'].map((user) => ask(port, { path, lines: proof(user) })),
      );
      expect(performance.now() - started).toBeGreaterThan(PROOF_MS - 20);
      const [alice, bob, zoe] = [
        { user: 'alice', groups: ['admin'] },
        { user: 'bob', groups: ['dev'] },
        { user: 'zoe', groups: ['dev'] },
      ].map((identity) => ({
        decision: { kind: 'authenticated', identity, source: SOURCE },
        identity,
        leaked: [],
      }));
      expect(answers.map(shown)).toEqual([alice, bob, zoe]);
    });

    it('keeps 40 users apart whose answers overtake each other', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 20 });
      const users = Array.from({ length: 40 }, (_, i) => `quick-${i}`);
      const answers = await Promise.all(
        users.map((user, i) =>
          ask(port, { path: PLACES[i % 2]?.[1] ?? '/', lines: proof(user), agent }),
        ),
      );
      agent.destroy();
      expect(answers.map(shown)).toMatchObject(users.map((user) => ({ identity: { user } })));
      expect(proofs.mostAtOnce()).toBeGreaterThan(3);
      // `next dev` takes its time for each, on a busy machine.
    }, 60_000);

    it('keeps pipelined requests apart', async () => {
      const socket = connect(port, '127.0.0.1');
      const get = (...lines: readonly string[]) =>
        ['GET /unmatched/whoami HTTP/1.1', 'Host: a', ...lines, '', ''].join('\r\n');
      socket.write(get('X-Proof: alice') + get() + get('X-Proof: quick-1', 'Connection: close'));
      const users = [
        ...(await text(socket)).matchAll(
          /"identity":(?:null|\{"user":"([\w-]+)"[^}]*\}),"leaked"/g,
        ),
      ];
      expect(users.map(([, user]) => user)).toEqual(['alice', undefined, 'quick-1']);
    });

    it('answers 503 while nobody can say who it is, and knows nobody behind it', async () => {
      const [page, late] = await Promise.all([
        ask(port, { path: '/', lines: proof('hanging') }),
        ask(port, { path: '/unmatched/whoami', lines: proof('hanging') }),
      ]);
      expect([page.status, page.headers['retry-after'], JSON.parse(page.text).code]).toEqual([
        503,
        '1',
        'proof-unavailable',
      ]);
      expect(shown(late)).toMatchObject({
        decision: { kind: 'refused', reason: 'proof-unavailable' },
        identity: null,
        leaked: [],
      });
    });

    it('asks policies with the answer: in proxy.ts and in a handler', async () => {
      const statusOf = async (path: string, user: string) =>
        (await ask(port, { path, lines: proof(user) })).status;
      expect(
        await Promise.all([
          statusOf('/vault', 'alice'),
          statusOf('/vault', 'bob'),
          statusOf('/api/admin', 'alice'),
          statusOf('/api/admin', 'bob'),
        ]),
      ).toEqual([200, 403, 200, 403]);
    });

    it('asks about nobody, and for no stranger', async () => {
      proofs.asked.length = 0;
      const stranger = await ask(port, { path: '/', lines: proof('alice'), from: STRANGER });
      expect([stranger.status, (await ask(port, { path: '/' })).status]).toEqual([403, 401]);
      const twice = [...proof('alice'), ...proof('bob')];
      expect((await ask(port, { path: '/api/whoami', lines: twice })).status).toBe(403);
      const another = ['Remote-User', 'bob', ...proof('alice')];
      expect((await ask(port, { path: '/api/whoami', lines: another })).status).toBe(403);
      expect(proofs.asked).toEqual(['alice']);
    });

    it('leaves an admin one after the redirect of an action, and asks once', async () => {
      proofs.asked.length = 0;
      const { headers, text } = await redirect(port, proof('alice'));
      expect(headers['x-action-redirect']).toContain('/unmatched/admin');
      expect(text).toContain('ADMIN-SECRET');
      expect(proofs.asked).toEqual(['alice']);
      const denied = await redirect(port, proof('bob'));
      expect(denied.text).not.toContain('ADMIN-SECRET');
    });
  });
}
