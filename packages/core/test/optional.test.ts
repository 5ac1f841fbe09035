import { describe, expect, it, jest } from '@jest/globals';
import {
  type AnonymousRule,
  ConfigError,
  compileAdmission,
  createAuthenticator,
  type DecisionEvent,
  resolveAdapterOptions,
  setupOf,
} from '../src/index.js';

const OFF =
  "trusted-header: header login is off: trustedProxies names no proxy, and every request is nobody's; to switch it on, set TRUSTED_PROXIES to the address from which your reverse proxy connects";
const ON = 'trusted-header: header login is on: trustedProxies may name users';

const NOBODY = { kind: 'anonymous', trusted: false };
const CLAIM = { peer: '127.0.0.1', rawHeaders: ['Remote-User', 'alice'] };
const SHAPE = { method: 'GET', target: '/', rawHeaders: [] };

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'nothing';
}

describe('header login that is optional (D6)', () => {
  it.each([[undefined], [''], [' , '], [[]]])('is off with %j', (trustedProxies) => {
    const log = jest.fn();
    const authenticator = createAuthenticator({ trustedProxies, optional: true, log });
    expect(log.mock.calls).toEqual([[OFF, undefined]]);
    expect(authenticator.authenticate(CLAIM)).toEqual(NOBODY);
    expect(setupOf(authenticator)?.isOff()).toBe(true);
    expect(setupOf(authenticator)?.trusts('127.0.0.1')).toBe(false);
  });

  it('is on with a proxy, without a line', () => {
    const log = jest.fn();
    const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', optional: true, log });
    expect(authenticator.authenticate(CLAIM).kind).toBe('authenticated');
    expect(setupOf(authenticator)?.isOff()).toBe(false);
    expect(log.mock.calls).toEqual([]);
  });

  it.each([
    ['a claim', CLAIM],
    ['a claim from elsewhere', { ...CLAIM, peer: '10.9.9.9' }],
    ['a claim over a Unix socket', { ...CLAIM, peer: undefined, unixSocket: '/run/app.sock' }],
    ['a claim of our own', { ...CLAIM, self: true }],
    ['two users', { peer: '127.0.0.1', rawHeaders: [...CLAIM.rawHeaders, 'Remote-User', 'bob'] }],
    ['an alias', { peer: '127.0.0.1', rawHeaders: ['Remote_User', 'alice'] }],
    ['lines that were dropped', { ...CLAIM, truncated: true }],
    ['a placeholder', { peer: '127.0.0.1', rawHeaders: ['Remote-User', '(null)'] }],
    ['no claim', { peer: '127.0.0.1', rawHeaders: [] }],
  ])('decides %s as nobody while it is off, and writes no line about it', (_, facts) => {
    const log = jest.fn();
    const events: DecisionEvent[] = [];
    const { authenticate } = createAuthenticator({
      trustedProxies: '',
      optional: true,
      log,
      onDecision: (event) => events.push(event),
    });
    expect(authenticate(facts)).toEqual(NOBODY);
    expect(log).toHaveBeenCalledTimes(1);
    expect(events).toEqual([{ decision: NOBODY, warnings: [], time: expect.any(Number) }]);
  });

  it('still knows what to strip while it is off', () => {
    const { isIdentityHeader } = createAuthenticator({
      trustedProxies: undefined,
      optional: true,
      profile: 'authentik',
      log: false,
    });
    expect(
      ['X-authentik-username', 'x_authentik_username', 'X-authentik-jwt', 'Host'].map(
        isIdentityHeader,
      ),
    ).toEqual([true, true, true, false]);
  });

  it('can be switched on and off live, with a line for each switch', () => {
    const log = jest.fn();
    const authenticator = createAuthenticator({ trustedProxies: '', optional: true, log });
    const kinds: string[] = [];
    for (const list of ['127.0.0.1', ['127.0.0.1', '::1'], [], undefined, '127.0.0.1']) {
      authenticator.setTrustedProxies(list);
      kinds.push(authenticator.authenticate(CLAIM).kind);
    }
    expect(kinds).toEqual([
      'authenticated',
      'authenticated',
      'anonymous',
      'anonymous',
      'authenticated',
    ]);
    expect(log.mock.calls.map(([line]) => line)).toEqual([OFF, ON, OFF, ON]);
  });

  it('keeps the old list, on or off, where a new one is faulty', () => {
    const log = jest.fn();
    const authenticator = createAuthenticator({ trustedProxies: '', optional: true, log });
    expect(messageOf(() => authenticator.setTrustedProxies('*'))).toContain('every address');
    expect(authenticator.authenticate(CLAIM).kind).toBe('anonymous');
    authenticator.setTrustedProxies('127.0.0.1');
    expect(messageOf(() => authenticator.setTrustedProxies('*'))).toContain('every address');
    expect(authenticator.authenticate(CLAIM).kind).toBe('authenticated');
    expect(log.mock.calls.map(([line]) => line)).toEqual([OFF, ON]);
  });
});

describe('header login that is not optional', () => {
  it.each([[undefined], [''], [[]]])('refuses %j, and says how to make it so', (trustedProxies) => {
    expect(messageOf(() => createAuthenticator({ trustedProxies }))).toMatch(
      /^trusted-proxies-empty: trustedProxies: .* names no proxy, .*TRUSTED_PROXIES=172\.20\.0\.2.*; if header login may be off, write optional: true$/,
    );
    const optional = false;
    expect(messageOf(() => createAuthenticator({ trustedProxies, optional }))).toContain(
      'write optional: true',
    );
  });

  it.each([[undefined], [''], [[]]])('cannot be switched off live by %j', (list) => {
    const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
    expect(messageOf(() => authenticator.setTrustedProxies(list))).toContain('optional: true');
    expect(authenticator.authenticate(CLAIM).kind).toBe('authenticated');
  });

  it('has no other value than true and false', () => {
    const options = { trustedProxies: '', optional: 'yes' };
    expect(messageOf(() => Reflect.apply(createAuthenticator, undefined, [options]))).toBe(
      'option-invalid: optional: "yes" is neither true nor false; write true, or leave it out',
    );
  });
});

describe('what adapters make of nobody while header login is off', () => {
  const authenticator = createAuthenticator({
    trustedProxies: undefined,
    optional: true,
    log: false,
  });
  const decision = authenticator.authenticate(CLAIM);

  it.each<[AnonymousRule<object> | undefined, string, string]>([
    [undefined, 'passes', 'an application without a login of ours has nobody to refuse'],
    ['allow', 'passes', 'as ever'],
    ['refuse', 'anonymous', 'it was written, and holds'],
    [() => 'allow', 'passes', 'it is asked'],
    [() => 'refuse', 'anonymous', 'it is asked'],
  ])('with anonymous %p: %s, since %s', (anonymous, expected) => {
    const options = { authenticator, ...(anonymous !== undefined && { anonymous }) };
    const admit = compileAdmission<object>(resolveAdapterOptions<object>(options));
    expect(admit(decision, SHAPE, {})?.kind ?? 'passes').toBe(expected);
  });

  it('changes with each switch', () => {
    const live = createAuthenticator({ trustedProxies: '::1', optional: true, log: false });
    const admit = compileAdmission(resolveAdapterOptions(live));
    const ask = () => admit(live.authenticate(CLAIM), SHAPE, undefined)?.kind ?? 'passes';
    expect(ask()).toBe('refused');
    live.setTrustedProxies([]);
    expect(ask()).toBe('passes');
    live.setTrustedProxies('127.0.0.2');
    expect(ask()).toBe('refused');
  });
});
