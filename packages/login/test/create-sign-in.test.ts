import { describe, expect, it } from '@jest/globals';
import type { Decision } from '@trusted-header/core';
import { bindIdentity, createSignIn, defineRoles, type SignInFacts } from '../src/index.js';
import { createMemorySession, type SessionStep, type Stored } from './memory-session.js';
import { untyped } from './untyped.js';

const source = { kind: 'address', address: '10.0.0.7' } as const;
const named = (user: string, ...groups: string[]): Decision => ({
  kind: 'authenticated',
  identity: { user, groups },
  source,
});
const ALICE = named('alice', 'ops');
const BOB = named('bob');
const NOBODY: Decision = { kind: 'anonymous', trusted: true };
const REFUSED: Decision = { kind: 'refused', reason: 'peer-untrusted' };

const OF_ALICE = { v: 1, via: 'trusted-header', user: 'alice', groups: ['ops'] };
const OF_BOB = { v: 1, via: 'trusted-header', user: 'bob', groups: [] };

/** An application with three accounts; `mallory` is locked, and the database can be switched off. */
function createApplication(stored: Stored = { id: 1 }, options: object = {}) {
  const database = { isDown: false };
  let failing: SessionStep | undefined;
  const lines: string[] = [];
  const { session, calls } = createMemorySession(stored, () => failing);
  const signIn = createSignIn({
    find({ user }) {
      if (database.isDown) throw Object.assign(new Error('secret text'), { code: 'ECONNREFUSED' });
      return user === 'mallory' ? null : { name: user };
    },
    roles: defineRoles({ admin: 'ops', viewer: '*' }),
    log: (line) => lines.push(line),
    ...options,
  });
  return {
    stored,
    database,
    calls,
    lines,
    signIn,
    session,
    fail: (step: SessionStep | undefined) => {
      failing = step;
    },
    follow: (decision: Decision, facts?: SignInFacts) => signIn.follow(decision, session, facts),
    signOut: (decision: Decision) => signIn.signOut(decision, session),
  };
}

describe('following the proxy with a session', () => {
  it('signs in at the first request, and touches the session at no other', async () => {
    const app = createApplication();
    const alice = { kind: 'user', user: { name: 'alice' }, roles: ['admin', 'viewer'] };
    expect(await app.follow(ALICE)).toEqual({ ...alice, session: 'started' });
    expect(app.stored).toEqual({ id: 2, binding: OF_ALICE });
    expect(app.calls).toEqual(['read', 'readHold', 'start']);
    app.stored.data = 'draft';
    expect(await app.follow(ALICE)).toEqual(alice);
    expect(app.stored).toEqual({ id: 2, binding: OF_ALICE, data: 'draft' });
  });

  it('leaves nothing of alice to bob, who comes next at the same browser', async () => {
    const app = createApplication({ id: 1, binding: OF_ALICE, data: 'secret of alice' });
    expect(await app.follow(BOB)).toEqual({
      kind: 'user',
      user: { name: 'bob' },
      roles: ['viewer'],
      session: 'switched',
    });
    expect(app.stored).toEqual({ id: 2, binding: OF_BOB });
  });

  it.each([NOBODY, REFUSED, untyped(undefined)])('ends with the proxy: %j', async (decision) => {
    const app = createApplication({ id: 1, binding: OF_ALICE, data: 'secret of alice' });
    expect(await app.follow(decision)).toEqual({ kind: 'nobody', session: 'ended' });
    expect(app.stored).toEqual({ id: 2 });
  });

  it('goes on while nobody is named, if the application says so, with the groups that are known', async () => {
    const short = createApplication({ id: 1, binding: OF_ALICE }, { onMissing: 'keep' });
    expect(await short.follow(NOBODY)).toEqual({
      kind: 'user',
      user: { name: 'alice' },
      roles: ['admin', 'viewer'],
    });
    const many = { user: 'alice', groups: Array.from({ length: 500 }, (_, i) => `ops-${i}`) };
    const binding = bindIdentity(many);
    expect(typeof binding.groups).toBe('string');
    const long = createApplication({ id: 1, binding }, { onMissing: 'keep' });
    expect(await long.follow(NOBODY)).toEqual({ kind: 'user', user: { name: 'alice' }, roles: [] });
  });

  it('makes no user of a session that goes on, whom nobody names: a copied cookie, and an account that was deleted', async () => {
    const made: string[] = [];
    const create = ({ user }: { user: string }) => {
      made.push(user);
      return { name: user };
    };
    const binding = { ...OF_BOB, user: 'mallory' };
    const app = createApplication({ id: 1, binding }, { onMissing: 'keep', create });
    expect(await app.follow(NOBODY)).toEqual({
      kind: 'denied',
      code: 'user-unknown',
      session: 'ended',
    });
    expect([made, app.stored]).toEqual([[], { id: 2 }]);
    expect(await app.follow(named('mallory'))).toMatchObject({ user: { name: 'mallory' } });
    expect(made).toEqual(['mallory']);
  });

  it.each(['password', 'oidc'])('leaves a session of the %s login alone', async (via) => {
    const binding = { via, user: 'carol' };
    const app = createApplication({ id: 1, binding, data: 'of carol' });
    for (const decision of [ALICE, NOBODY, REFUSED]) {
      expect(await app.follow(decision)).toEqual({ kind: 'nobody', otherLogin: true });
    }
    expect(app.stored).toEqual({ id: 1, binding, data: 'of carol' });
  });

  it('leaves a session alone of which the application says that it is another login’s', async () => {
    const app = createApplication({ id: 1, data: 'of carol' });
    expect(await app.follow(ALICE, { otherLogin: true })).toEqual({
      kind: 'nobody',
      otherLogin: true,
    });
    expect(app.stored).toEqual({ id: 1, data: 'of carol' });
  });

  it('waits for an application that has to read its session first', async () => {
    const app = createApplication({ id: 1, data: 'of carol' });
    const otherLogin = async () => app.stored.data === 'of carol';
    expect(await app.follow(ALICE, { otherLogin })).toEqual({ kind: 'nobody', otherLogin: true });
    expect(app.stored).toEqual({ id: 1, data: 'of carol' });
    const failing = () => Promise.reject(new Error('ECONNREFUSED'));
    expect(await app.follow(ALICE, { otherLogin: failing })).toMatchObject({ kind: 'unavailable' });
    expect(app.stored).toEqual({ id: 1, data: 'of carol' });
  });

  it('asks nobody on an open path, neither the store nor the database', async () => {
    const app = createApplication({ id: 1, binding: OF_ALICE, data: 'draft' });
    app.database.isDown = true;
    for (const decision of [NOBODY, REFUSED]) {
      expect(await app.follow(decision, { open: true })).toEqual({ kind: 'nobody' });
    }
    expect(app.calls).toEqual([]);
    expect(await app.follow(ALICE, { open: true })).toEqual({ kind: 'nobody' });
    expect(app.stored).toEqual({ id: 1, binding: OF_ALICE, data: 'draft' });
  });

  it('hands nobody what another has in the session, though the path is open and the database down', async () => {
    const app = createApplication({ id: 1, binding: OF_ALICE, data: 'secret of alice' });
    app.database.isDown = true;
    expect(await app.follow(BOB, { open: true })).toMatchObject({ kind: 'unavailable' });
    // Nor whatever else fails first.
    const otherLogin = () => Promise.reject(new Error('down'));
    const failing = createApplication({ id: 1, binding: OF_ALICE });
    expect(await failing.follow(BOB, { open: true, otherLogin })).toMatchObject({
      kind: 'unavailable',
    });
    expect(await failing.follow(ALICE, { open: true, otherLogin })).toEqual({ kind: 'nobody' });
    // Who has no session yet finds none.
    const fresh = createApplication({ id: 1 });
    fresh.database.isDown = true;
    expect(await fresh.follow(BOB, { open: true })).toEqual({ kind: 'nobody' });
  });

  it('works with a session that does nothing but read, start and end', async () => {
    const app = createApplication();
    const { read, start, end } = app.session;
    const small = { read, start, end };
    expect(await app.signIn.follow(ALICE, small)).toMatchObject({ kind: 'user' });
    await app.signIn.signOut(ALICE, small);
    expect(app.stored).toEqual({ id: 3 });
  });
});

describe('whom the application does not know', () => {
  it.each([
    ['nothing', { id: 1 }, { id: 1 }],
    ['a session of alice', { id: 1, binding: OF_ALICE, data: 'secret of alice' }, { id: 2 }],
    [
      'a session of hers, from before she was locked',
      { id: 1, binding: { ...OF_BOB, user: 'mallory' }, data: 'draft' },
      { id: 2 },
    ],
  ])('is denied, and there is no session afterwards: %s', async (_, before, after) => {
    const expected = { kind: 'denied', code: 'user-unknown' };
    const isEnded = before.id !== after.id;
    const app = createApplication(before);
    const outcome = await app.follow(named('mallory'));
    expect(outcome).toEqual(isEnded ? { ...expected, session: 'ended' } : expected);
    expect(app.stored).toEqual(after);
  });
});

describe('when nobody can say who it is', () => {
  it.each([
    ['start', { id: 1 }, ALICE],
    ['keep', { id: 1, binding: OF_ALICE, data: 'draft' }, ALICE],
    ['switch', { id: 1, binding: OF_ALICE, data: 'secret of alice' }, BOB],
  ])('the session is as it was, and nobody is signed in: %s', async (_, before, decision) => {
    const app = createApplication({ ...before });
    app.database.isDown = true;
    const outcome = await app.follow(decision);
    expect(outcome).toMatchObject({ kind: 'unavailable', error: { code: 'lookup-failed' } });
    expect(app.stored).toEqual(before);
    app.database.isDown = false;
    expect(await app.follow(decision)).toMatchObject({ kind: 'user' });
  });

  it.each(['read', 'start', 'end', 'readHold'] as const)(
    'a session library whose %s throws signs nobody in',
    async (step) => {
      const app = createApplication({ id: 1, binding: OF_ALICE });
      app.fail(step);
      const decision = step === 'end' ? NOBODY : BOB;
      expect(await app.follow(decision)).toMatchObject({ kind: 'unavailable' });
      app.fail(undefined);
      if (step !== 'end') expect(await app.follow(BOB)).toMatchObject({ user: { name: 'bob' } });
    },
  );

  it('writes one line a minute for each cause, without a word of what was thrown', async () => {
    const app = createApplication({ id: 1, binding: OF_ALICE });
    app.database.isDown = true;
    for (let i = 0; i < 5; i++) await app.follow(ALICE);
    app.fail('read');
    for (let i = 0; i < 5; i++) await app.follow(ALICE);
    expect(app.lines).toEqual([
      'trusted-header: nobody can be signed in, requests get 503: find: it threw (Error ECONNREFUSED)',
      'trusted-header: nobody can be signed in, requests get 503: the session store threw (Error)',
    ]);
  });

  it('is not harmed by a log that throws, and quiet if told so', async () => {
    for (const log of [false, untyped(() => JSON.parse('no JSON'))]) {
      const app = createApplication({ id: 1 }, { log });
      app.database.isDown = true;
      expect(await app.follow(ALICE)).toMatchObject({ kind: 'unavailable' });
    }
  });

  it('writes nothing where the client has gone', async () => {
    const app = createApplication();
    const gone = new AbortController();
    gone.abort('went away');
    expect(await app.follow(ALICE, { signal: gone.signal })).toEqual({
      kind: 'unavailable',
      error: 'went away',
    });
    expect(app.lines).toEqual([]);
    expect(app.stored).toEqual({ id: 1 });
  });
});

describe('after a sign-out', () => {
  it('nobody is signed in, though the proxy still names her, until she asks for it', async () => {
    const app = createApplication();
    await app.follow(ALICE);
    await app.signOut(ALICE);
    expect(app.stored.binding).toBeUndefined();
    expect(await app.follow(ALICE)).toEqual({ kind: 'nobody' });
    expect(await app.follow(named('alice', 'other'))).toEqual({ kind: 'nobody' });
    expect(await app.follow(ALICE, { again: true })).toMatchObject({ user: { name: 'alice' } });
    expect(app.stored.hold).toBeUndefined();
    expect(await app.follow(ALICE)).toMatchObject({ user: { name: 'alice' } });
  });

  it('whoever signs in at the proxy next is signed in', async () => {
    const app = createApplication();
    await app.follow(ALICE);
    await app.signOut(ALICE);
    expect(await app.follow(BOB)).toMatchObject({ user: { name: 'bob' } });
    expect(app.stored.hold).toBeUndefined();
  });

  it('a session that a slow request has saved once more is ended', async () => {
    const app = createApplication();
    await app.follow(ALICE);
    const { binding } = app.stored;
    await app.signOut(ALICE);
    Object.assign(app.stored, { binding, data: 'draft' });
    expect(await app.follow(ALICE)).toEqual({ kind: 'nobody', session: 'ended' });
    expect(app.stored).not.toHaveProperty('binding');
    // And if she asks for it, she stays.
    Object.assign(app.stored, { binding });
    expect(await app.follow(ALICE, { again: true })).toMatchObject({ user: { name: 'alice' } });
    expect(await app.follow(ALICE)).toMatchObject({ user: { name: 'alice' } });
  });

  it('of another login, or of a session that is somebody else’s, whom the proxy names is held', async () => {
    for (const binding of [{ via: 'password', user: 'carol' }, OF_BOB]) {
      const app = createApplication({ id: 1, binding });
      await app.signOut(ALICE);
      expect(app.stored).not.toHaveProperty('binding');
      expect(await app.follow(ALICE)).toEqual({ kind: 'nobody' });
    }
  });

  it('where the proxy names nobody, whose session it was is held', async () => {
    const app = createApplication({ id: 1, binding: OF_ALICE });
    await app.signOut(NOBODY);
    expect(app.stored.hold).toMatchObject({ v: 1, user: 'alice' });
    expect(await app.follow(ALICE)).toEqual({ kind: 'nobody' });
  });

  it.each([REFUSED, untyped({ kind: 'authenticated' })])(
    'where the claim is refused, the same: %j',
    async (decision) => {
      const app = createApplication({ id: 1, binding: OF_ALICE });
      await app.signOut(decision);
      expect(app.stored).toMatchObject({ hold: { user: 'alice' } });
      expect(app.stored).not.toHaveProperty('binding');
    },
  );

  it('of nobody, nobody is held', async () => {
    const app = createApplication();
    await app.signOut(NOBODY);
    await app.signOut(REFUSED);
    expect(app.stored).not.toHaveProperty('hold');
  });

  it('the hold ends by itself', async () => {
    const app = createApplication({ id: 1 }, { holdSeconds: 0.01 });
    await app.follow(ALICE);
    await app.signOut(ALICE);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await app.follow(ALICE)).toMatchObject({ kind: 'user' });
  });
});

it('asks anew for a user that is forgotten', async () => {
  let asked = 0;
  const find = () => ({ id: ++asked });
  const signIn = createSignIn({ find, ttlSeconds: 60 });
  const { session } = createMemorySession({ id: 1 }, () => undefined);
  const first = await signIn.follow(ALICE, session);
  await signIn.follow(ALICE, session);
  signIn.forget('alice');
  const third = await signIn.follow(ALICE, session);
  expect([first, third]).toMatchObject([
    { user: { id: 1 }, roles: [] },
    { user: { id: 2 }, roles: [] },
  ]);
  // What `find` gives is what a handler reads, without a cast.
  const id: number = third.kind === 'user' ? third.user.id : 0;
  // @ts-expect-error: not every name is a property of it
  const name: unknown = third.kind === 'user' ? third.user.name : undefined;
  expect([id, name]).toEqual([2, undefined]);
});

it.each([
  [{ onMissing: 'stay' }, 'onMissing'],
  [{ holdSeconds: 0 }, 'holdSeconds'],
  [{ holdSeconds: '60' }, 'holdSeconds'],
  [{ holdSeconds: Number.POSITIVE_INFINITY }, 'holdSeconds'],
  [{ log: 'console' }, 'log'],
  [{ roles: { admin: 'ops' } }, 'roles'],
  [{ roles: undefined }, 'roles'],
  [{ session: {} }, 'session'],
  [{ find: undefined }, 'find'],
])('names what is wrong at the start: %j', (options, option) => {
  expect(() => createSignIn(untyped({ find: () => null, ...options }))).toThrow(
    expect.objectContaining({
      issues: expect.arrayContaining([expect.objectContaining({ option })]),
    }),
  );
});
