import { describe, expect, it } from '@jest/globals';
import {
  type Authenticator,
  anyUser,
  ConfigError,
  compileAdmission,
  compileGuard,
  createAuthenticator,
  type Decision,
  decideUntold,
  isAuthenticator,
  keepDecision,
  keepUntold,
  keptDecision,
  prepareUntold,
  problemOf,
  refusalOf,
  renderProblem,
  resolveAdapterOptions,
  stateOf,
  tellLogin,
  tellUntold,
} from '../src/index.js';

const JOHN: Decision = {
  kind: 'authenticated',
  identity: { user: 'john', groups: ['dev'] },
  source: { kind: 'address', address: '10.0.0.1' },
};

/** What has stood in the place of a decision, or may: all of it reached a handler once. */
const NO_DECISIONS: readonly (readonly [unknown, string])[] = [
  [{}, 'an empty object'],
  [undefined, 'nothing'],
  [null, 'null'],
  ['authenticated', 'a word'],
  [Promise.resolve(JOHN), 'the promise of an authenticator that was made async'],
  [{ conclusion: 'ALLOW' }, 'the decision of a rate limiter, at req.decision too'],
  [{ kind: 'allowed' }, 'an authorization'],
  [{ kind: 'Authenticated', identity: { user: 'root' } }, 'another spelling of a kind'],
  [{ kind: 'authenticated' }, 'an authenticated nobody'],
  [{ kind: 'authenticated', identity: {} }, 'an identity without a user'],
  [{ kind: 'authenticated', identity: { user: 7 } }, 'a user that is no text'],
  [{ kind: 'undecided' }, 'the undecided of Next.js'],
];

/** As if TypeScript had not been asked: what JavaScript passes in. */
function untyped(value: unknown) {
  return Object.assign([value])[0];
}

describe('what is no decision of ours (D5)', () => {
  it.each(NO_DECISIONS)('refuses %j: %s', (value) => {
    const decision = untyped(value);
    const refused = { kind: 'refused', reason: 'decision-unknown' };
    expect(refusalOf(decision, 'allow')).toEqual(refused);
    expect(refusalOf(decision, 'refuse')).toEqual(refused);
    expect(compileGuard()(decision)).toEqual(refused);
    expect(compileGuard({ users: ['root'] })(decision)).toEqual(refused);
    expect(compileGuard({ groups: { anyOf: ['admin'] } })(decision)).toEqual(refused);
  });

  it.each(NO_DECISIONS)('answers %j with 403, not with an error: %s', (value) => {
    const problem = problemOf(untyped(value));
    expect(problem.status).toBe(403);
    expect(typeof problem.code).toBe('string');
    expect(
      renderProblem(untyped(value), { accept: 'text/html', acceptLanguage: 'de' }),
    ).toMatchObject({ status: 403 });
  });

  it('lets a known one pass as ever', () => {
    expect(refusalOf(JOHN, 'refuse')).toBeUndefined();
    expect(compileGuard()(JOHN)).toBeUndefined();
    expect(compileGuard({ groups: { anyOf: ['dev'] } })(JOHN)).toBeUndefined();
    expect(compileGuard({ groups: { anyOf: ['admin'] } })(JOHN)).toEqual({
      kind: 'denied',
      reason: 'group-missing',
    });
  });
});

describe('an authenticator is what createAuthenticator has made (D5)', () => {
  const authenticator = createAuthenticator({ trustedProxies: '10.0.0.1', log: false });

  it.each<[unknown, string]>([
    [{ authenticate: () => JOHN }, 'passport has such a method too'],
    [{ ...authenticator }, 'a copy'],
    [{ ...authenticator, authenticate: async () => JOHN }, 'a copy that became async'],
    [Object.create(authenticator), 'an heir'],
    [new Proxy(authenticator, {}), 'a proxy of one'],
    [() => JOHN, 'a function'],
    [null, 'nothing'],
  ])('refuses %p: %s', (value) => {
    expect(isAuthenticator(value)).toBe(false);
    const options = { authenticator: untyped(value) };
    expect(() => resolveAdapterOptions(options)).toThrow(ConfigError);
    expect(() => resolveAdapterOptions(options.authenticator)).toThrow(ConfigError);
  });

  it('knows one, and nobody can change it', () => {
    expect(isAuthenticator(authenticator)).toBe(true);
    expect(resolveAdapterOptions(authenticator).authenticator).toBe(authenticator);
    expect(Object.isFrozen(authenticator)).toBe(true);
  });

  it('decides nothing by a copy of one, waits for nothing, and tells nobody', () => {
    const told: unknown[] = [];
    const onDecision = (event: unknown) => told.push(event);
    const copy = { ...createAuthenticator({ trustedProxies: '10.0.0.1', onDecision }) };
    const facts = { peer: '10.0.0.1', rawHeaders: ['Remote-User', 'john'] };
    const outcome = decideUntold(copy, facts);
    expect(outcome.decision).toEqual({ kind: 'refused', reason: 'decision-unknown' });
    expect(prepareUntold(copy, facts)).toBeUndefined();
    const holder = {};
    const state = stateOf(holder);
    expect(keepUntold(state, copy, outcome)).toBe(outcome.decision);
    state.untold = outcome;
    tellUntold(state);
    tellLogin(outcome.decision, 'started', holder);
    expect(told).toEqual([]);
  });

  it('knows one of another copy of this package', async () => {
    const { createAuthenticator: create }: { createAuthenticator: typeof createAuthenticator } =
      await import('@trusted-header/core');
    const foreign: Authenticator = create({ trustedProxies: '10.0.0.1', log: false });
    expect(create).not.toBe(createAuthenticator);
    expect(isAuthenticator(foreign)).toBe(true);
  });
});

it.each(NO_DECISIONS)('an adapter admits nobody by %p: %s', (value) => {
  const admit = compileAdmission({ authenticator: createAuthenticator({ trustedProxies: '::1' }) });
  const shape = { method: 'GET', target: '/', rawHeaders: [] };
  expect(admit(untyped(value), shape, undefined)).toEqual({
    kind: 'refused',
    reason: 'decision-unknown',
  });
});

describe('the slot for decisions', () => {
  it('is not where handlers read, and cannot be written there', () => {
    const request = { decision: { kind: 'authenticated' } };
    expect(keptDecision(request)).toBeUndefined();
    keepDecision(request, JOHN);
    expect(keptDecision(request)).toBe(JOHN);
    expect(Reflect.ownKeys(request)).toEqual(['decision']);
    expect(keptDecision({ ...request })).toBeUndefined();
    expect(keptDecision(Object.create(request))).toBeUndefined();
  });

  it('is one for all copies of this package', async () => {
    const other: { keptDecision: typeof keptDecision } = await import('@trusted-header/core');
    const request = {};
    keepDecision(request, JOHN);
    expect(other.keptDecision).not.toBe(keptDecision);
    expect(other.keptDecision(request)).toBe(JOHN);
  });
});

describe('a policy that is given', () => {
  const policies: Record<string, { users: readonly string[] }> = { admin: { users: ['root'] } };

  it('may not be undefined: a misspelt key would let everybody in (D4)', () => {
    expect(() => compileGuard(untyped(policies.admins))).toThrow(
      expect.objectContaining({ code: 'policy-invalid' }),
    );
    expect(() => compileGuard(untyped(policies.admins))).toThrow(
      "policy: undefined was given, and is undefined; write { groups: { anyOf: ['admin'] } }; for any user leave it out, or write anyUser",
    );
  });

  it('may be anyUser, which says so', () => {
    expect(compileGuard(anyUser)(JOHN)).toBeUndefined();
    expect(compileGuard(anyUser)({ kind: 'anonymous', trusted: true })).toEqual({
      kind: 'anonymous',
      trusted: true,
    });
  });
});
