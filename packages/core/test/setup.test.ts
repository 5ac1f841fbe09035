import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { refusalLine } from '../src/authenticator/refusal-line.js';
import {
  type AuthenticatorOptions,
  createAuthenticator,
  keptDecision,
  type ProfileOption,
  setupOf,
  shareState,
  stateOf,
  xForwardedClientCert,
} from '../src/index.js';

afterEach(() => {
  jest.restoreAllMocks();
});

describe('setupOf', () => {
  it('tells whom an authenticator trusts now', () => {
    const authenticator = createAuthenticator({ trustedProxies: '127.0.0.1', log: false });
    const setup = setupOf(authenticator);
    expect([setup?.trusts('127.0.0.1'), setup?.trusts('::1')]).toEqual([true, false]);
    authenticator.setTrustedProxies('::1');
    expect([setup?.trusts('127.0.0.1'), setup?.trusts('::1')]).toEqual([false, true]);
  });

  it('writes lines about the set-up where the other lines go', () => {
    const log = jest.fn();
    setupOf(createAuthenticator({ trustedProxies: '::1', log }))?.notify('all is well');
    expect(log.mock.calls).toEqual([['trusted-header: all is well', undefined]]);

    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    setupOf(createAuthenticator({ trustedProxies: '::1' }))?.notify('and here');
    setupOf(createAuthenticator({ trustedProxies: '::1', log: false }))?.notify('not here');
    expect(warn.mock.calls).toEqual([['trusted-header: and here']]);
  });

  it.each<[option: ProfileOption | undefined, id: string]>([
    [undefined, 'authelia'],
    ['authentik', 'authentik'],
    [{ id: 'own', user: { header: 'X-User' } }, 'own'],
    [['authentik', 'authelia'], 'authentik'],
    [[{ id: 'own', user: { header: 'X-User' } }, 'authelia'], 'own'],
  ])(
    'tells by which profile users are named, the first one where there are several: %j',
    (profile, id) => {
      const options = { trustedProxies: '::1', log: false, ...(profile && { profile }) } as const;
      expect(setupOf(createAuthenticator(options))?.profileId).toBe(id);
    },
  );

  it.each<[options: Partial<AuthenticatorOptions>, reads: boolean]>([
    [{}, false],
    [
      { sharedSecret: { header: 'X-Secret', values: ['secret-0123456789abcdefghijklmnop'] } },
      false,
    ],
    [{ clientCertificate: { names: ['proxy'] } }, true],
    [{ clientCertificate: { names: ['proxy'], forwarded: xForwardedClientCert() } }, false],
  ])('tells whether the certificate of the connection is looked at: %j', (options, reads) => {
    const authenticator = createAuthenticator({ trustedProxies: '::1', log: false, ...options });
    expect(setupOf(authenticator)?.readsCertificate).toBe(reads);
  });

  it('knows nothing of what is no authenticator', () => {
    const authenticator = createAuthenticator({ trustedProxies: '::1', log: false });
    expect(setupOf({ ...authenticator })).toBeUndefined();
  });
});

it('what is known of a request can be reached from another object as well', () => {
  const [stream, request] = [{}, {}];
  stateOf(stream).decision = { kind: 'anonymous', trusted: true };
  expect(keptDecision(request)).toBeUndefined();
  shareState(request, stateOf(stream));
  expect(keptDecision(request)).toEqual({ kind: 'anonymous', trusted: true });
});

it('has a line for a request that nobody has decided', () => {
  expect(refusalLine({ kind: 'refused', reason: 'decision-unknown' })).toBe(
    'a request was refused because nobody of ours has decided it',
  );
});
