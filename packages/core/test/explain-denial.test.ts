import { expect, it } from '@jest/globals';
import {
  compileGuard,
  createAuthenticator,
  type HeaderProfile,
  type Policy,
} from '../src/index.js';

const PROXY = '172.20.0.2';

/** What the log is told, behind the reason, of a user `kim` whom a policy denies. */
function detailOf(
  policy: Policy,
  groups: string,
  profile: HeaderProfile | 'authelia' = 'authelia',
): string | undefined {
  const lines: string[] = [];
  const { authenticate } = createAuthenticator({
    trustedProxies: PROXY,
    profile,
    log: (line) => lines.push(line),
  });
  const rawHeaders = ['Remote-User', 'kim', 'Remote-Groups', groups];
  compileGuard(policy)(authenticate({ peer: PROXY, rawHeaders }));
  return lines.at(-1)?.replace(/^.* was denied: [\w-]+; /, '');
}

const user = { header: 'Remote-User' };

it.each<[policy: Policy, detail: string, why: string]>([
  [{ users: ['bob'] }, 'the route asks for one of 1 user', 'another user'],
  [
    { users: ['bob', 'Kim'] },
    "the route asks for one of 2 users; one is there in another case: see match: 'lower'",
    'one of several is near',
  ],
  [
    { users: ['bob', 'root'], match: 'lower' },
    'the route asks for one of 2 users',
    'none is near, since case makes no difference',
  ],
])('a user whom %j does not name is told of as %j: %s', (policy, detail, _why) => {
  expect(detailOf(policy, 'dev')).toBe(detail);
});

const LOWER = { match: 'lower' } as const;
const PATH =
  '"ops" is there with a / before it: write it so, or turn off full group paths at the provider';
const JOINED = `"ops" is there, and not separated from others: see the groups' separator in the profile`;

it.each<[groups: string, policy: Policy, nearMisses: string[], why: string]>([
  [
    'dev,Ops',
    { groups: { anyOf: ['ops'] } },
    [`"ops" is there in another case: see match: 'lower'`],
    'another case',
  ],
  ['dev,/Ops', { groups: { anyOf: ['ops'] } }, [PATH], 'a full path'],
  ['dev,/Ops', { groups: { anyOf: ['ops'] }, ...LOWER }, [PATH], 'a full path, in any case'],
  [
    'dev,Ops',
    { groups: { anyOf: ['/ops'] } },
    ['"/ops" is there without the / before it: write it so'],
    'no full path',
  ],
  ['dev,qa ops', { groups: { anyOf: ['ops'] } }, [JOINED], 'a space'],
  ['dev,qa;|ops', { groups: { anyOf: ['ops'] } }, [JOINED], 'other separators'],
  [
    'dev,CN=ops',
    { groups: { anyOf: ['ops'] } },
    [
      "the groups look like a distinguished name that was split at its commas: see format: 'dn-list' of the profile",
    ],
    'a part of a name',
  ],
  ['dev,promo=x', { groups: { anyOf: ['ops'] } }, [], 'no part of a name: it only ends like one'],
  ['dev,/dev', { groups: { allOf: ['dev', 'ops'] } }, [], 'what is near is there as well'],
  ['DEV,/dev', { groups: { allOf: ['dev', 'ops'] }, ...LOWER }, [], 'and is so in any case'],
])('groups %j under %j are near misses: %j, %s', (groups, policy, nearMisses, _why) => {
  expect(detailOf(policy, groups)?.split('; ').slice(2)).toEqual(nearMisses);
});

it('names five near misses at most', () => {
  expect(detailOf({ groups: { allOf: ['a', 'b', 'c', 'd', 'e', 'f'] } }, 'A,B,C,D,E,F')).toBe(
    [
      'the route asks for all of the groups "a", "b", "c", "d", "e" and 1 more',
      'the user has 6 groups (Remote-Groups)',
      `"a" is there in another case: see match: 'lower'`,
      `"b" is there in another case: see match: 'lower'`,
      `"c" is there in another case: see match: 'lower'`,
      `"d" is there in another case: see match: 'lower'`,
      `"e" is there in another case: see match: 'lower'`,
    ].join('; '),
  );
});

it('does not take a whole distinguished name for a part of one', () => {
  const profile = { id: 'x', user, groups: { header: 'Remote-Groups', separator: '|' } } as const;
  expect(detailOf({ groups: { anyOf: ['ops'] } }, 'CN=ops,DC=example', profile)).toBe(
    'the route asks for one of the groups "ops"; the user has 1 group (Remote-Groups)',
  );
});

it('says that there are no groups where the profile reads none', () => {
  expect(detailOf({ groups: { anyOf: ['ops'] } }, 'ops', { id: 'x', user })).toBe(
    'the route asks for one of the groups "ops"; the claim came without a header for groups',
  );
});
