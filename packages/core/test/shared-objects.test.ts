import { expect, it } from '@jest/globals';
import { compilePolicy, createAuthenticator, problemOf, renderProblem } from '../src/index.js';

const PROXY = '172.20.0.2';

const REQUESTS = [
  { peer: PROXY, rawHeaders: ['Remote-User', 'john', 'Remote-Groups', 'dev,-'] },
  { peer: PROXY, rawHeaders: ['Remote-User', 'john', 'Remote-Groups', 'dev', 'Remote-Name', 'J'] },
  { peer: PROXY, rawHeaders: ['Remote-User', '-'] },
  { peer: PROXY, rawHeaders: ['Remote_User', 'john'] },
  { peer: PROXY, rawHeaders: [] },
  { peer: PROXY, rawHeaders: ['Remote-User'] },
  { peer: '172.20.0.9', rawHeaders: ['Remote-User', 'john'] },
  { peer: '172.20.0.9', rawHeaders: [] },
  { peer: undefined, rawHeaders: [], unixSocket: '/run/app.sock' },
  { peer: undefined, rawHeaders: ['Remote-User', 'john'], unixSocket: '/run/app.sock' },
];

it('freezes whatever two requests are given both (D5)', () => {
  const told: unknown[] = [];
  const { authenticate } = createAuthenticator({
    trustedProxies: [PROXY, 'unix:/run/app.sock'],
    onDecision: (event) => told.push(event),
    log: (_, event) => told.push(event),
  });
  const policies = [{}, { users: ['john'] }, { users: [] }, { groups: { anyOf: ['admin'] } }];
  const judges = policies.map(compilePolicy);
  const rounds = [0, 1].map(() => {
    told.length = 0;
    const decisions = REQUESTS.map(authenticate);
    const verdicts = judges.map((judge) => judge({ user: 'john' }));
    const problem = { kind: 'refused', reason: 'user-missing' } as const;
    return reachable([
      decisions,
      [...told],
      verdicts,
      problemOf(problem),
      renderProblem(problem, { accept: undefined, acceptLanguage: undefined }),
    ]);
  });
  const shared = [...(rounds[0] ?? [])].filter((part) => rounds[1]?.has(part));
  // The two anonymous ones, the source, the list without warnings, and the verdict that allows.
  expect(shared.length).toBeGreaterThanOrEqual(5);
  expect(shared.filter((part) => !Object.isFrozen(part))).toEqual([]);
});

it('lets an observer change nothing that later observers are told', () => {
  const counts: number[] = [];
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    log: false,
    onDecision: ({ warnings }) => {
      counts.push(warnings.length);
      Reflect.apply(Array.prototype.push, warnings, ['mine']);
    },
  });
  for (let i = 0; i < 3; i++) authenticate({ peer: PROXY, rawHeaders: [] });
  expect(counts).toEqual([0, 0, 0]);
});

it('lets nobody who was allowed deny the next one', () => {
  const judge = compilePolicy({ users: ['john'] });
  expect(() => Object.assign(judge({ user: 'john' }), { kind: 'denied' })).toThrow(TypeError);
  expect(judge({ user: 'john' })).toEqual({ kind: 'allowed' });
});

/** Everything that can be reached from a value and could be written to. */
function reachable(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const part of Object.values(value)) reachable(part, found);
  return found;
}
