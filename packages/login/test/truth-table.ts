import { createHash } from 'node:crypto';
import type { Decision } from '@trusted-header/core';
import { holdSignIn, type ReconcileOptions, type SessionAction } from '../src/index.js';
import { untyped } from './untyped.js';

const OURS = { v: 1, via: 'trusted-header' } as const;
const ALICE = { ...OURS, user: 'alice', groups: ['dev', 'ops'] } as const;
const BOB = { ...OURS, user: 'bob', groups: ['dev'] } as const;
const MANY = Array.from({ length: 200 }, (_, i) => `group-${1000 + i}`);
const digest = createHash('sha256')
  .update(Buffer.from(JSON.stringify(MANY), 'utf16le').swap16())
  .digest('hex');

/** What a session may hold in the place of a binding, as JSON or as a library gives it. */
export const STORED: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'alice: dev, ops': ALICE,
  'alice: ops, dev': { ...ALICE, groups: ['ops', 'dev'] },
  'alice: dev': { ...ALICE, groups: ['dev'] },
  'alice: no group': { ...ALICE, groups: [] },
  'alice: groups not known': { ...OURS, user: 'alice' },
  'alice: digest of 200 groups': { ...OURS, user: 'alice', groups: `sha256:${digest}` },
  'alice: digest of others': { ...OURS, user: 'alice', groups: `sha256:${'0'.repeat(64)}` },
  'alice: groups as one text': { ...ALICE, groups: 'dev,ops' },
  'alice: a group that is a number': { ...ALICE, groups: ['dev', 7] },
  'alice: groups as an object': { ...ALICE, groups: { 0: 'dev', length: 1 } },
  'alice, version 0': { ...ALICE, v: 0 },
  'alice, version "1"': { ...ALICE, v: '1' },
  'alice, version 2': { ...ALICE, v: 2 },
  'alice, without version': { via: 'trusted-header', user: 'alice', groups: ['dev', 'ops'] },
  'alice, without via': { v: 1, user: 'alice', groups: ['dev', 'ops'] },
  'alice, with isAdmin': { ...ALICE, isAdmin: true },
  'alice, with isAdmin and no groups': { ...OURS, user: 'alice', isAdmin: true },
  'alice, via 7': { ...ALICE, via: 7 },
  'alice, as properties of a list': Object.assign([], ALICE),
  'alice, inherited': Object.create(ALICE),
  'alice, by __proto__': JSON.parse(`{"__proto__":${JSON.stringify(ALICE)}}`),
  'alice, as JSON text': JSON.stringify(ALICE),
  'alice, in a list': [ALICE],
  'a user that is a list': { ...ALICE, user: ['alice'] },
  'a user without a name': { ...ALICE, user: '' },
  true: true,
  '{}': {},
  'password login of alice': { via: 'password', user: 'alice', v: 1 },
  'oidc login of bob': { via: 'oidc', sub: 'bob' },
  'bob: dev': BOB,
};

const source = { kind: 'address', address: '10.0.0.7' } as const;
const named = (user: string, groups?: readonly string[]): Decision => ({
  kind: 'authenticated',
  identity: groups ? { user, groups, name: 'Decoy', email: 'root@example.com' } : { user },
  source,
});

/** Whom the proxy names. */
export const DECISIONS: Readonly<Record<string, Decision>> = {
  'alice: dev, ops': named('alice', ['dev', 'ops']),
  'alice: ops, dev, ops': named('alice', ['ops', 'dev', 'ops']),
  'alice: dev': named('alice', ['dev']),
  'alice: no group': named('alice', []),
  'alice: groups not known': named('alice'),
  'alice: 200 groups': named('alice', [...MANY].reverse()),
  'Alice: dev, ops': named('Alice', ['dev', 'ops']),
  'bob: dev': named('bob', ['dev']),
  '__proto__: dev': named('__proto__', ['dev']),
  nobody: { kind: 'anonymous', trusted: true },
  'nobody, past the proxy': { kind: 'anonymous', trusted: false },
  'refused: peer-untrusted': { kind: 'refused', reason: 'peer-untrusted', peer: '10.0.0.9' },
  'refused: header-repeated': { kind: 'refused', reason: 'header-repeated' },
  'refused: cross-origin': { kind: 'refused', reason: 'cross-origin' },
  'no decision': untyped(undefined),
  'a promise of alice': untyped(Promise.resolve(named('alice', ['dev', 'ops']))),
  'an unknown kind': untyped({ ...named('alice', ['dev', 'ops']), kind: 'allowed' }),
  'an identity without a name': named('', ['dev', 'ops']),
  'another middleware’s object': untyped({ user: 'alice' }),
};

/** The time at which the table is read. */
export const NOW = Date.UTC(2026, 10, 27);
const MINUTE = 60_000;

export const OPTIONS: Readonly<Record<string, ReconcileOptions>> = {
  '': {},
  'onMissing: keep': { onMissing: 'keep' },
  'open path': { open: true },
  'open path, onMissing: keep': { open: true, onMissing: 'keep' },
  'other login': { otherLogin: true },
  'other login, open path': { otherLogin: true, open: true },
  'hold for alice': { hold: holdSignIn('alice', NOW - MINUTE) },
  'hold for bob': { hold: holdSignIn('bob', NOW - MINUTE) },
  'hold for alice, over': { hold: holdSignIn('alice', NOW - MINUTE, 60) },
  'hold for alice, onMissing: keep': {
    hold: holdSignIn('alice', NOW - MINUTE),
    onMissing: 'keep',
  },
  'hold of version 2': { hold: { v: 2, user: 'alice', until: NOW + MINUTE } },
  'hold without end': { hold: { v: 1, user: 'alice', until: null } },
};

export type Row = readonly [
  stored: string,
  decision: string,
  options: string,
  action: SessionAction['kind'],
  why: string,
];

/** P2. What the session has stored, whom the proxy names, what else is known, what becomes of the session, and why. */
export const TRUTH_TABLE: readonly Row[] = [
  // Nothing stored.
  [
    'nothing',
    'alice: dev, ops',
    '',
    'start',
    'the first request; Django and Spring sign in here as well',
  ],
  ['nothing', 'alice: groups not known', '', 'start', 'a proxy that sends no groups'],
  ['nothing', '__proto__: dev', '', 'start', 'a name like any other'],
  ['null', 'alice: dev, ops', '', 'start', 'a database’s way to say nothing'],
  ['nothing', 'nobody', '', 'none', 'nobody is nobody'],
  ['nothing', 'refused: peer-untrusted', '', 'none', 'a forged claim begins nothing'],
  [
    'nothing',
    'refused: header-repeated',
    '',
    'none',
    'a claim that can be read twice begins nothing',
  ],
  ['nothing', 'no decision', '', 'none', 'no middleware has run: unknown is refused'],
  ['nothing', 'a promise of alice', '', 'none', 'somebody forgot await'],
  ['nothing', 'an unknown kind', '', 'none', 'another library’s decision'],
  ['nothing', 'another middleware’s object', '', 'none', 'unknown is refused'],
  [
    'nothing',
    'an identity without a name',
    '',
    'none',
    'core never decides so: unknown is refused',
  ],
  // The same person.
  ['alice: dev, ops', 'alice: dev, ops', '', 'keep', 'every request but the first'],
  ['alice: dev, ops', 'alice: ops, dev, ops', '', 'keep', 'directories give groups in any order'],
  ['alice: no group', 'alice: no group', '', 'keep', 'an empty groups header'],
  ['alice: groups not known', 'alice: groups not known', '', 'keep', 'no groups header, again'],
  [
    'alice: digest of 200 groups',
    'alice: 200 groups',
    '',
    'keep',
    'a long list is compared by its digest',
  ],
  // Other groups: what the session holds was computed for the old ones.
  ['alice: dev, ops', 'alice: dev', '', 'switch', 'lost a group; Django would keep the session'],
  ['alice: dev', 'alice: dev, ops', '', 'switch', 'gained a group'],
  ['alice: dev', 'alice: no group', '', 'switch', 'lost the last group'],
  [
    'alice: no group',
    'alice: groups not known',
    '',
    'switch',
    'no group is not the same as not known',
  ],
  ['alice: groups not known', 'alice: no group', '', 'switch', 'the same, the other way'],
  ['alice: digest of others', 'alice: 200 groups', '', 'switch', 'another digest'],
  ['alice: dev', 'alice: 200 groups', '', 'switch', 'from a list to a digest'],
  ['alice: ops, dev', 'alice: dev, ops', '', 'switch', 'unsorted, so not written by us: made anew'],
  // Another person.
  [
    'alice: dev, ops',
    'bob: dev',
    '',
    'switch',
    'the next person at the browser; Django too, Spring with checkForPrincipalChanges',
  ],
  ['bob: dev', 'alice: dev, ops', '', 'switch', 'a copied cookie is of no use'],
  ['alice: dev, ops', 'Alice: dev, ops', '', 'switch', 'names are compared exactly'],
  [
    'alice: dev, ops',
    'bob: dev',
    'onMissing: keep',
    'switch',
    'keep is about nobody, not about somebody else',
  ],
  ['alice: dev, ops', 'bob: dev', 'open path', 'switch', 'somebody is named, also on an open path'],
  // Nobody.
  [
    'alice: dev, ops',
    'nobody',
    '',
    'end',
    'Django’s RemoteUserMiddleware; a copied cookie from elsewhere',
  ],
  ['alice: dev, ops', 'nobody, past the proxy', '', 'end', 'a copied cookie, sent past the proxy'],
  [
    'alice: dev, ops',
    'nobody',
    'onMissing: keep',
    'keep',
    'Django’s PersistentRemoteUserMiddleware',
  ],
  ['alice: dev, ops', 'nobody', 'open path', 'none', 'the proxy names nobody on an open path'],
  [
    'alice: dev, ops',
    'nobody',
    'open path, onMissing: keep',
    'none',
    'nothing is asked and nothing is said there',
  ],
  // Refused: the request goes on with a 403, whatever the options.
  [
    'alice: dev, ops',
    'refused: peer-untrusted',
    '',
    'end',
    'a cookie of alice’s and a forged claim',
  ],
  [
    'alice: dev, ops',
    'refused: peer-untrusted',
    'onMissing: keep',
    'end',
    'a claim that is not believed is not a missing one',
  ],
  ['alice: dev, ops', 'refused: header-repeated', 'onMissing: keep', 'end', 'the same'],
  ['alice: dev, ops', 'refused: cross-origin', '', 'none', 'no other site’s page ends a session'],
  [
    'alice: dev, ops',
    'no decision',
    'onMissing: keep',
    'end',
    'no middleware has run: unknown is refused',
  ],
  ['alice: dev, ops', 'an unknown kind', 'onMissing: keep', 'end', 'unknown is refused'],
  ['alice: dev, ops', 'an identity without a name', 'onMissing: keep', 'end', 'unknown is refused'],
  ['alice: dev, ops', 'refused: peer-untrusted', 'open path', 'none', 'an open path ends nothing'],
  // Other logins: whoever made the session judges it.
  [
    'password login of alice',
    'nobody',
    '',
    'none',
    'left alone; Django asks for the backend as well',
  ],
  [
    'password login of alice',
    'bob: dev',
    '',
    'none',
    'left alone also where the proxy names somebody',
  ],
  ['oidc login of bob', 'alice: dev, ops', '', 'none', 'the same'],
  [
    'password login of alice',
    'refused: peer-untrusted',
    '',
    'none',
    'the adapter answers 403; the session stays',
  ],
  [
    'nothing',
    'bob: dev',
    'other login',
    'none',
    'the application says that its own login is in force',
  ],
  ['nothing', 'nobody', 'other login', 'none', 'the same'],
  ['nothing', 'bob: dev', 'other login, open path', 'none', 'the same'],
  [
    'alice: dev, ops',
    'bob: dev',
    'other login',
    'switch',
    'what is stored is ours: the application is wrong',
  ],
  ['alice: dev, ops', 'nobody', 'other login', 'end', 'the same'],
  // Written by an older version, a newer one, or by hand: never believed.
  [
    'alice, version 0',
    'alice: dev, ops',
    '',
    'switch',
    'an older version’s; what else it stored may mean something else',
  ],
  ['alice, version "1"', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice, version 2', 'alice: dev, ops', '', 'switch', 'a newer version’s, after a step back'],
  ['alice, without version', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice, without via', 'alice: dev, ops', '', 'switch', 'nobody says whose it is'],
  ['alice, with isAdmin', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice, with isAdmin and no groups', 'alice: groups not known', '', 'switch', 'by hand'],
  ['alice, via 7', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice, as properties of a list', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice, inherited', 'alice: dev, ops', '', 'switch', 'nothing of its own'],
  ['alice, by __proto__', 'alice: dev, ops', '', 'switch', 'JSON with __proto__'],
  ['alice, as JSON text', 'alice: dev, ops', '', 'switch', 'a library that stores text'],
  ['alice, in a list', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['a user that is a list', 'alice: dev, ops', '', 'switch', '"alice" == ["alice"] in JavaScript'],
  ['alice: groups as one text', 'alice: dev, ops', '', 'switch', 'neither a list nor a digest'],
  ['alice: a group that is a number', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['alice: groups as an object', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['true', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['{}', 'alice: dev, ops', '', 'switch', 'by hand'],
  ['{}', 'nobody', '', 'end', 'nobody knows whose it is'],
  ['alice: a group that is a number', 'nobody', 'onMissing: keep', 'end', 'by hand'],
  ['alice: groups as one text', 'nobody', 'onMissing: keep', 'end', 'by hand'],
  ['alice, version 0', 'nobody', 'onMissing: keep', 'end', 'there is nothing to believe'],
  ['alice, inherited', 'nobody', 'onMissing: keep', 'end', 'the same'],
  ['a user without a name', 'nobody', 'onMissing: keep', 'end', 'the same'],
  [
    'a user without a name',
    'an identity without a name',
    '',
    'end',
    'two nobodies are not the same person',
  ],
  ['alice, with isAdmin', 'refused: peer-untrusted', '', 'end', 'the same'],
  ['{}', 'nobody', 'open path', 'none', 'an open path ends nothing'],
  // After a sign-out (P6).
  [
    'nothing',
    'alice: dev, ops',
    'hold for alice',
    'none',
    'signed out, and the proxy still names her',
  ],
  ['nothing', 'bob: dev', 'hold for alice', 'start', 'bob has not signed out'],
  ['nothing', 'alice: dev, ops', 'hold for bob', 'start', 'alice has not signed out'],
  ['nothing', 'alice: dev, ops', 'hold for alice, over', 'start', 'a hold ends'],
  [
    'nothing',
    'alice: dev, ops',
    'hold of version 2',
    'start',
    'no hold of ours; it protects nothing',
  ],
  ['nothing', 'alice: dev, ops', 'hold without end', 'start', 'the same'],
  [
    'alice: dev, ops',
    'alice: dev, ops',
    'hold for alice',
    'end',
    'a slow request has saved the session once more',
  ],
  ['alice: dev', 'alice: dev, ops', 'hold for alice', 'end', 'the same, with other groups'],
  [
    'alice, version 0',
    'alice: dev, ops',
    'hold for alice',
    'end',
    'the same, from an older version',
  ],
  [
    'alice: dev, ops',
    'nobody',
    'hold for alice, onMissing: keep',
    'end',
    'the same, where nobody is named',
  ],
  [
    'bob: dev',
    'alice: dev, ops',
    'hold for alice',
    'end',
    'bob’s session is over, and alice has signed out',
  ],
  ['alice: dev, ops', 'bob: dev', 'hold for alice', 'switch', 'bob has not signed out'],
  ['bob: dev', 'nobody', 'hold for alice, onMissing: keep', 'keep', 'bob has not signed out'],
];
