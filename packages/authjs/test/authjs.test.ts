import { describe, expect, it } from '@jest/globals';
import { ConfigError } from '@trusted-header/core';
import { trustedHeaderCallbacks, trustedHeaderJwt, trustedHeaderProvider } from '../src/index.js';
import {
  ALICE,
  BOB,
  createApplication,
  decide,
  NOBODY,
  NOT_ALICE,
  type RequestDecision,
  STRANGER,
  UNDECIDED,
} from './application.js';
import { untyped } from './untyped.js';

const HOME = 'https://app.test';

describe('signing in', () => {
  it('signs in whom the proxy names, and believes nothing of what is posted', async () => {
    const app = createApplication();
    expect(await app.userOf(ALICE)).toBe(null);
    const forged = { user: 'bob', 'Remote-User': 'bob', id: '2', trustedHeader: 'bob' };
    expect(await app.signIn(ALICE, 'trusted-header', forged)).toBe(HOME);
    expect(await app.userOf(ALICE)).toBe('alice');
  });

  it.each<[string, RequestDecision]>([
    ['nobody', NOBODY],
    ['a forged POST of a stranger', STRANGER],
    ['somebody whom the application does not know', decide('mallory', 'ops')],
    ['a request about which nothing is known', UNDECIDED],
  ])('gives %s nothing', async (_who, decision) => {
    const app = createApplication();
    expect(await app.signIn(decision)).toContain('error=CredentialsSignin');
    expect(app.session).toBe(undefined);
    expect(await app.userOf(decision)).toBe(null);
    expect(await app.userOf(ALICE)).toBe(null);
  });

  it('needs the token against forged requests', async () => {
    const app = createApplication();
    await app.ask(ALICE, '/callback/trusted-header', { csrfToken: 'guessed' });
    expect([app.session, await app.userOf(ALICE)]).toEqual([undefined, null]);
  });

  it('signs in nobody while the database is down', async () => {
    const app = createApplication();
    app.database.isDown = true;
    expect(await app.signIn(ALICE)).toContain('error=Configuration');
    expect(app.session).toBe(undefined);
  });
});

it('hands Auth.js a user of its own, which it may write to', async () => {
  const alice = Object.freeze({ id: '1', name: 'alice' });
  trustedHeaderCallbacks({ getDecision: async () => ALICE });
  trustedHeaderJwt({ getDecision: async () => ALICE, decode: async () => null });
  const provider = trustedHeaderProvider({
    getIdentity: async () => ({ user: 'alice' }),
    find: () => alice,
  });
  const given = await provider.authorize();
  expect([given, given === alice, Object.isFrozen(given)]).toEqual([alice, false, false]);
});

describe.each([
  ['', {}],
  [', compared by the callbacks alone,', { comparedBy: 'callbacks' }],
] as const)('a session%s', (_how, settings) => {
  it('goes on while the proxy names its user, with the same groups', async () => {
    const app = createApplication(settings);
    await app.signIn(ALICE);
    expect(await app.userOf(ALICE)).toBe('alice');
    expect(await app.userOf(decide('alice', 'ops'))).toBe('alice');
  });

  it.each(NOT_ALICE)('of alice’s is nobody’s for %s, and is cleared', async (_who, decision) => {
    const app = createApplication(settings);
    await app.signIn(ALICE);
    expect(await app.userOf(decision)).toBe(null);
    expect(app.session).toBe(undefined);
    expect(await app.userOf(ALICE)).toBe(null);
  });

  it('does not come back with an old cookie', async () => {
    const app = createApplication(settings);
    await app.signIn(ALICE);
    const old = [...app.jar];
    await app.signIn(BOB);
    expect(await app.userOf(BOB)).toBe('bob');
    for (const decision of [BOB, NOBODY, STRANGER, UNDECIDED]) {
      app.jar.clear();
      for (const [name, value] of old) app.jar.set(name, value);
      expect(await app.userOf(decision)).toBe(null);
    }
  });

  it('is bob’s when he signs in over alice’s', async () => {
    const app = createApplication(settings);
    await app.signIn(ALICE);
    await app.signIn(BOB);
    expect(await app.userOf(BOB)).toBe('bob');
    expect(await app.userOf(ALICE)).toBe(null);
  });

  it('goes on while nobody is named, if the application says so, and for nobody else', async () => {
    const app = createApplication({ ...settings, onMissing: 'keep' });
    await app.signIn(ALICE);
    expect(await app.userOf(NOBODY)).toBe('alice');
    expect(await app.userOf(STRANGER)).toBe(null);
    await app.signIn(ALICE);
    expect(await app.userOf(BOB)).toBe(null);
  });

  it('of another provider is left alone', async () => {
    const app = createApplication(settings);
    await app.signIn(NOBODY, 'password', { password: 'of dave' });
    for (const decision of [NOBODY, ALICE, STRANGER, UNDECIDED]) {
      expect(await app.userOf(decision)).toBe('dave');
    }
  });
});

describe('the application’s own callback', () => {
  it('runs for sessions that still hold, and sees the user at sign-in', async () => {
    const seen: unknown[] = [];
    const app = createApplication({
      jwt({ token, user, trigger }) {
        seen.push([token.name, user?.email ?? null, trigger ?? null]);
        return token;
      },
    });
    await app.signIn(ALICE);
    await app.userOf(ALICE);
    await app.userOf(BOB);
    expect(seen).toEqual([
      ['alice', 'alice@app.test', 'signIn'],
      ['alice', null, null],
    ]);
  });

  it('may end a session', async () => {
    const app = createApplication({ jwt: ({ token, user }) => (user ? token : null) });
    await app.signIn(ALICE);
    expect(await app.userOf(ALICE)).toBe(null);
  });

  it('cannot bind a session to somebody else, though it takes over what a browser sends', async () => {
    const app = createApplication({ jwt: ({ token, session }) => ({ ...token, ...session }) });
    await app.signIn(ALICE);
    const bobs = { v: 1, via: 'trusted-header', user: 'bob', groups: ['dev'] };
    await app.update(ALICE, { trustedHeader: bobs });
    const old = [...app.jar];
    expect(await app.userOf(BOB)).toBe(null);
    app.jar.clear();
    for (const [name, value] of old) app.jar.set(name, value);
    await app.update(ALICE, { trustedHeader: undefined, nick: 'al' });
    expect(await app.userOf(ALICE)).toBe('alice');
    expect(await app.userOf(NOBODY)).toBe(null);
  });
});

describe('options', () => {
  it('that are none stop the process at start', () => {
    const find = () => ({ id: '1' });
    expect(() => trustedHeaderProvider(untyped({ find }))).toThrow(ConfigError);
    expect(() => trustedHeaderProvider(untyped({ getIdentity: async () => undefined }))).toThrow(
      ConfigError,
    );
    expect(() => trustedHeaderCallbacks(untyped({}))).toThrow('getDecision');
    expect(() =>
      trustedHeaderCallbacks({ getDecision: async () => NOBODY, onMissing: untyped('never') }),
    ).toThrow('onMissing');
    const decode = async () => null;
    expect(() => trustedHeaderJwt(untyped({ decode }))).toThrow('getDecision');
    expect(() => trustedHeaderJwt(untyped({ getDecision: async () => NOBODY }))).toThrow(
      'decode: undefined is no function; write decode of next-auth/jwt',
    );
    expect(() =>
      trustedHeaderCallbacks({ getDecision: async () => NOBODY, jwt: untyped('token') }),
    ).toThrow('jwt');
  });
});
