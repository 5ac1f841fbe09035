import { describe, expect, it } from '@jest/globals';
import {
  compileAdmission,
  createAuthenticator,
  type Decision,
  type DecisionEvent,
  decideUntold,
  keepUntold,
  problemOf,
  type RequestShape,
  resolveAdapterOptions,
  stateOf,
} from '@trusted-header/core';
import {
  createLogin,
  defineRoles,
  roleGuard,
  type SessionLibrary,
  signInAgainTo,
  signOutOf,
  userGuard,
} from '../src/index.js';
import { untyped } from './untyped.js';

const named = (user: string, ...groups: string[]): Decision => ({
  kind: 'authenticated',
  identity: { user, groups },
  source: { kind: 'address', address: '10.0.0.7' },
});
const NOBODY: Decision = { kind: 'anonymous', trusted: true };

/** What a library keeps for one browser, without a cookie. */
interface Request {
  data: { binding?: unknown; hold?: unknown; note?: string; password?: string };
}

const library: SessionLibrary<Request> = {
  read: ({ data }) => data.binding,
  start(request, binding) {
    request.data = { binding };
  },
  end(request) {
    request.data = {};
  },
  readHold: ({ data }) => data.hold,
  hold({ data }, hold) {
    data.hold = hold;
  },
};

function findUser({ user }: { readonly user: string }): { name: string } | null {
  if (user === 'down') throw new Error('down');
  return user === 'mallory' ? null : { name: user };
}

function createApplication(options: object = {}) {
  const lines: string[] = [];
  const login = createLogin<Request, { name: string }, 'admin' | 'editor' | 'viewer'>({
    find: findUser,
    roles: defineRoles({ admin: 'ops', editor: 'writers', viewer: '*' }),
    session: library,
    otherLogin: ({ data }) => data.password !== undefined,
    log: (line) => lines.push(line),
    ...options,
  });
  const browser: Request = { data: {} };
  const ask = async (decision: Decision, shape?: RequestShape) => {
    const holder = {};
    const result = await login.follow(browser, { holder, decision, shape });
    return { holder, result };
  };
  return { browser, lines, login, ask };
}

/** A shape whose path an adapter has found to be open. */
function openShape(): RequestShape {
  const shape = { method: 'GET', target: '/healthz', rawHeaders: [] };
  const options = resolveAdapterOptions({ trustedProxies: '10.0.0.7', open: ['/healthz'] });
  compileAdmission(options)(NOBODY, shape, undefined);
  return shape;
}

describe('what adapters share of signIn', () => {
  it('gives the user, and keeps the session that belongs to it', async () => {
    const { ask, browser } = createApplication();
    const { result } = await ask(named('alice', 'ops'));
    expect(result).toEqual({ user: { name: 'alice' }, refusal: undefined });
    browser.data.note = 'of alice';
    await ask(named('alice', 'ops'));
    expect(browser.data.note).toBe('of alice');
  });

  it('takes everything from the session of another', async () => {
    const { ask, browser } = createApplication();
    await ask(named('alice'));
    browser.data.note = 'of alice';
    const { result } = await ask(named('bob'));
    expect(result.user).toEqual({ name: 'bob' });
    expect(browser.data.note).toBeUndefined();
  });

  it.each([
    ['a user whom the application does not know', 'mallory', 403, 'user-unknown'],
    ['a database that is down', 'down', 503, 'user-unavailable'],
  ])('refuses %s', async (_, user, status, code) => {
    const { ask } = createApplication();
    const { refusal } = (await ask(named(user))).result;
    expect(refusal && problemOf(refusal)).toMatchObject({ status, code });
  });

  it('ends nothing and refuses nobody on an open path, whatever is down, but where the session is another’s', async () => {
    const { ask, browser } = createApplication();
    const fresh = (await ask(named('down'), openShape())).result;
    expect(fresh.user ?? fresh.refusal).toBeUndefined();
    await ask(named('alice'));
    const before = structuredClone(browser.data);
    const { result } = await ask(NOBODY, openShape());
    expect(result.user ?? result.refusal).toBeUndefined();
    const { refusal } = (await ask(named('down'), openShape())).result;
    expect(refusal && problemOf(refusal)).toMatchObject({ status: 503, code: 'user-unavailable' });
    expect(browser.data).toEqual(before);
    await ask(NOBODY);
    expect(browser.data).toEqual({});
  });

  it('leaves alone what another login has begun', async () => {
    const { ask, browser } = createApplication();
    browser.data = { password: 'carol' };
    const { result } = await ask(named('alice'));
    expect(result).toEqual({ user: undefined, refusal: undefined, isOthers: true });
    expect(browser.data).toEqual({ password: 'carol' });
  });

  it('takes no user away that it has not given', async () => {
    const { ask, browser, login } = createApplication();
    expect((await ask(NOBODY, openShape())).result.isOthers).toBe(true);
    expect((await ask(NOBODY)).result.isOthers).toBeUndefined();
    const { holder } = await ask(named('alice'));
    browser.data = { password: 'carol' };
    const again = { holder, decision: named('alice'), shape: undefined };
    expect((await login.follow(browser, again)).isOthers).toBeUndefined();
  });

  it('answers 503 where nobody can tell whether another login is in force', async () => {
    const { ask, browser } = createApplication({
      otherLogin() {
        throw new Error('no session');
      },
    });
    const { refusal } = (await ask(named('alice'))).result;
    expect(refusal).toEqual({ kind: 'unavailable', reason: 'user-unavailable' });
    expect(browser.data).toEqual({});
  });

  it('keeps no session without a library, and gives the user all the same', async () => {
    const { login } = { login: createLogin({ find: ({ user }) => ({ name: user }) }) };
    const request = { holder: {}, decision: named('alice'), shape: undefined };
    expect((await login.follow({}, request)).user).toEqual({ name: 'alice' });
  });
});

describe('sign-out', () => {
  it('holds until somebody asks to be signed in again', async () => {
    const { ask, browser } = createApplication();
    await signOutOf((await ask(named('alice'))).holder);
    expect((await ask(named('alice'))).result.user).toBeUndefined();
    const { holder } = await ask(named('alice'));
    expect(problemOf(userGuard(holder) ?? NOBODY).status).toBe(401);
    expect((await signInAgainTo(holder)).user).toEqual({ name: 'alice' });
    expect((await ask(named('alice'))).result.user).toEqual({ name: 'alice' });
    expect(browser.data.hold).toBeUndefined();
  });

  it('holds also where a slow request has saved the session once more', async () => {
    const { ask, browser } = createApplication();
    const { holder } = await ask(named('alice'));
    const { binding } = browser.data;
    await signOutOf(holder);
    browser.data.binding = binding;
    expect((await ask(named('alice'))).result.user).toBeUndefined();
    expect((await ask(named('alice'))).result.user).toBeUndefined();
  });

  it('leaves nobody for what asks behind it in the same request', async () => {
    const { holder } = await createApplication().ask(named('alice', 'ops'));
    await signOutOf(holder);
    for (const refusal of [userGuard(holder), roleGuard('admin')(holder)]) {
      expect(refusal && problemOf(refusal)).toMatchObject({ status: 401 });
    }
    await signInAgainTo(holder);
    expect(roleGuard('admin')(holder)).toBeUndefined();
  });

  it('is nothing that can be asked for without signIn', async () => {
    await expect(signOutOf({})).rejects.toThrow('signOut() found no session: put signIn(…) before');
  });
});

describe('roles', () => {
  const codeFor = async (role: string, decision: Decision) => {
    const { holder } = await createApplication().ask(decision);
    const refusal = roleGuard(role)(holder);
    return refusal && problemOf(refusal).code;
  };

  it.each([
    ['admin', named('alice', 'ops'), undefined],
    ['editor', named('alice', 'ops'), undefined],
    ['viewer', named('alice'), undefined],
    ['admin', named('bob', 'writers'), 'role-missing'],
    ['editor', named('bob'), 'role-missing'],
    ['viewer', NOBODY, 'authentication-required'],
    ['viewer', named('mallory', 'ops'), 'user-unknown'],
    ['viewer', named('down', 'ops'), 'user-unavailable'],
  ] as const)('%s for %j: %s', async (role, decision, code) => {
    expect(await codeFor(role, decision)).toBe(code);
  });

  it('are none where the groups are not known', async () => {
    const decision = named('alice');
    const { identity, ...rest } = untyped(decision);
    expect(await codeFor('viewer', { ...rest, identity: { user: identity.user } })).toBe(
      'role-missing',
    );
  });

  it('that cannot be are a mistake to be seen', async () => {
    const { holder } = await createApplication().ask(named('alice', 'ops'));
    expect(() => roleGuard('root')(holder)).toThrow(
      'requireRole("root"): there is no such role, only "admin", "editor", "viewer"',
    );
    const without = createLogin({ find: () => ({}) });
    const request = { holder: {}, decision: named('alice'), shape: undefined };
    await without.follow({}, request);
    expect(() => roleGuard('admin')(request.holder)).toThrow('give signIn({ roles: defineRoles(');
    expect(() => roleGuard('admin')({})).toThrow('put signIn(…) before it');
  });
});

describe('options', () => {
  it.each([
    ['session', { session: undefined }],
    ['session', { session: { read() {}, start() {} } }],
    ['session', { session: { ...library, hold: undefined } }],
    ['otherLogin', { otherLogin: true }],
    ['find', { find: undefined }],
    ['sesion', { sesion: library }],
  ])('names %s where it is wrong', (option, options) => {
    expect(() => createLogin(untyped({ find: () => null, ...options }))).toThrow(option);
  });
});

/** In the place of options: an application without a session library. */
const NO_SESSIONS = {};

describe('an observer (O1)', () => {
  /** What is told of a request that `signIn` follows, and then signs out. */
  async function toldOf(browser: Request, user: string | undefined, options: object = {}) {
    const events: DecisionEvent[] = [];
    const authenticator = createAuthenticator({
      trustedProxies: '10.0.0.7',
      log: false,
      onDecision: (event) => events.push(event),
    });
    const rawHeaders = user === undefined ? [] : ['Remote-User', user];
    const holder = {};
    const state = stateOf(holder);
    const outcome = decideUntold(authenticator, { peer: '10.0.0.7', rawHeaders });
    const decision = keepUntold(state, authenticator, outcome);
    state.request = 'request';
    const login =
      options === NO_SESSIONS
        ? createLogin<Request, { name: string }>({ find: findUser, log: false })
        : createApplication(options).login;
    const request = { holder, decision, shape: undefined };
    await login.follow(browser, request);
    return { holder, told: () => events.map(toldIn) };
  }

  const toldIn = ({ login, reason, request }: DecisionEvent) => [login, reason, request];

  it('hears what became of the session, and nothing of one that goes on', async () => {
    const browser: Request = { data: {} };
    expect((await toldOf(browser, 'alice')).told()).toEqual([['started', undefined, 'request']]);
    const second = await toldOf(browser, 'alice');
    expect(second.told()).toEqual([]);
    expect((await toldOf(browser, 'bob')).told()).toEqual([['switched', undefined, 'request']]);
    expect((await toldOf(browser, undefined)).told()).toEqual([['ended', undefined, 'request']]);
    const { holder, told } = await toldOf(browser, 'bob');
    await signOutOf(holder);
    expect(told()).toEqual([
      ['started', undefined, 'request'],
      ['signed-out', undefined, 'request'],
    ]);
  });

  it('hears of whom the application does not know, and of whom it could not ask for', async () => {
    const browser: Request = { data: {} };
    expect((await toldOf(browser, 'mallory')).told()).toEqual([
      [undefined, 'user-unknown', 'request'],
    ]);
    expect((await toldOf(browser, 'down')).told()).toEqual([
      ['unavailable', 'user-unavailable', 'request'],
    ]);
  });

  it('hears of no session where there is none', async () => {
    expect((await toldOf({ data: {} }, 'alice', NO_SESSIONS)).told()).toEqual([]);
    expect((await toldOf({ data: {} }, 'down', NO_SESSIONS)).told()).toHaveLength(1);
  });
});
