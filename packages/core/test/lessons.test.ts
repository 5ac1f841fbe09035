import { describe, expect, it } from '@jest/globals';
import {
  type AuthenticatorOptions,
  authorize,
  compileTrust,
  createAuthenticator,
  type RequestFacts,
} from '../src/index.js';

/** What went wrong elsewhere, a test for each case that is core's to hold. The adapters' are in the conformance suite. */

const PROXY = '172.20.0.2';

function outcome(facts: RequestFacts, options: Partial<AuthenticatorOptions> = {}): string {
  const { authenticate } = createAuthenticator({ trustedProxies: PROXY, log: false, ...options });
  const decision = authenticate(facts);
  if (decision.kind === 'refused') return decision.reason;
  return decision.kind === 'authenticated' ? `user ${decision.identity.user}` : decision.kind;
}

const from = (peer: string | undefined, ...rawHeaders: string[]): RequestFacts => ({
  peer,
  rawHeaders,
});

describe('what went wrong elsewhere', () => {
  it('Gogs CVE-2026-25119, rdpgw, beszel, kanboard, miniflux: the user header was believed from any client', () => {
    expect(outcome(from('172.20.0.9', 'Remote-User', 'admin'))).toBe('peer-untrusted');
  });

  it('Grafana: an empty whitelist trusts everyone; a bare IPv6 entry became /32', () => {
    expect(() => compileTrust('')).toThrow('trustedProxies');
    expect(compileTrust('2001:db8::1').has('2001:db8::2')).toBe(false);
  });

  it('Kanboard: 10.0.0.0/abc became /0 by an integer cast', () => {
    expect(() => compileTrust('10.0.0.0/abc')).toThrow('prefix length');
  });

  it('Miniflux: an unparsable peer and Unix sockets became 127.0.0.1', () => {
    const loopback = { trustedProxies: '127.0.0.1' };
    expect(outcome(from('@', 'Remote-User', 'admin'), loopback)).toBe('peer-unparsable');
    expect(
      outcome({ ...from(undefined, 'Remote-User', 'admin'), unixSocket: '/run/a.sock' }, loopback),
    ).toBe('peer-untrusted');
  });

  it('Grafana CVE-2022-35957: an own outgoing request carried a user-set identity header back', () => {
    const { isIdentityHeader } = createAuthenticator({ trustedProxies: PROXY });
    expect(
      ['remote-user', 'Remote_User', 'accept'].filter((name) => !isIdentityHeader(name)),
    ).toEqual(['accept']);
    expect(outcome({ ...from(PROXY, 'Remote-User', 'admin'), self: true })).toBe('peer-self');
  });

  it('Hono CVE-2026-39409, CVE-2026-47674: mapped peers were missed, IPv6 was compared as text, bad peers passed', () => {
    const trust = compileTrust(['10.0.0.7', '2001:db8::a']);
    expect(
      ['::ffff:10.0.0.7', '::ffff:a00:7', '2001:DB8:0::A'].map((peer) => trust.has(peer)),
    ).toEqual([true, true, true]);
    expect(['10.0.0.7 ', '2001:db8::a%', 'x'].map((peer) => trust.has(peer))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('netmask CVE-2021-28918, ip CVE-2024-29415: 010.0.0.1 and short forms were misread', () => {
    const trust = compileTrust(['8.0.0.1', '10.0.0.1', '127.0.0.1']);
    expect(
      ['010.0.0.1', '127.1', '0x7f.0.0.1', '2130706433', '::ffff:010.0.0.1'].map((peer) =>
        trust.has(peer),
      ),
    ).toEqual([false, false, false, false, false]);
  });

  it.each(['Remote_User', 'remote.user', 'REMOTE_USER'])(
    'Django CVE-2015-0219, oauth2-proxy CVE-2025-64484, Traefik CVE-2026-39858, Caddy CVE-2026-52845: %s passed for Remote-User',
    (alias) => {
      expect(outcome(from(PROXY, 'Remote-User', 'john', alias, 'admin'))).toBe('header-ambiguous');
      expect(outcome(from(PROXY, alias, 'admin'))).toBe('header-ambiguous');
    },
  );

  it("Caddy CVE-2026-30851: the client's Remote-Groups survived when the auth server sent none", () => {
    expect(outcome(from(PROXY, 'Remote-Groups', 'admin'))).toBe('user-missing');
    expect(outcome(from(PROXY, 'Remote-User', 'john'), { required: ['groups'] })).toBe(
      'header-missing',
    );
  });

  it('Traefik CVE-2024-45410, Fabio CVE-2025-48865: Connection removed what the proxy had set', () => {
    expect(outcome(from(PROXY, 'Connection', 'close, Remote-User', 'Remote-Groups', 'admin'))).toBe(
      'header-hop-by-hop',
    );
    expect(outcome(from(PROXY, 'Connection', 'close, Remote-User'))).toBe('header-hop-by-hop');
  });

  it('authentik CVE-2026-25748: let through without identity headers is anonymous, not somebody', () => {
    expect(outcome(from(PROXY, 'Cookie', 'malformed'))).toBe('anonymous');
  });

  it('Open WebUI: an empty groups header never removed groups', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY });
    expect(authenticate(from(PROXY, 'Remote-User', 'john', 'Remote-Groups', ''))).toHaveProperty(
      'identity',
      { user: 'john', groups: [] },
    );
    expect(authenticate(from(PROXY, 'Remote-User', 'john'))).toHaveProperty('identity', {
      user: 'john',
    });
  });

  it('Open WebUI, Navidrome: nobody becomes administrator by being the first', () => {
    expect(authorize({ user: 'first' }, { groups: { anyOf: ['admin'] } })).toEqual({
      kind: 'denied',
      reason: 'group-missing',
    });
  });

  it('Kubernetes requestheader: the first of several user lines won in silence', () => {
    expect(outcome(from(PROXY, 'Remote-User', 'john', 'Remote-User', 'admin'))).toBe(
      'header-repeated',
    );
  });

  it('jhub remote user #12: (null) became a user', () => {
    expect(outcome(from(PROXY, 'Remote-User', '(null)'))).toBe('header-malformed');
  });

  it('Open WebUI #14530, NetBox #14979, Arkime #3951, Graylog #20: UTF-8 names came out garbled', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY });
    expect(
      authenticate(from(PROXY, 'Remote-User', 'john', 'Remote-Name', 'JÃ¼rgen')),
    ).toHaveProperty('identity.name', 'Jürgen');
  });

  it('chmonitor: groups were split on spaces', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY });
    expect(
      authenticate(from(PROXY, 'Remote-User', 'john', 'Remote-Groups', 'Domain Admins')),
    ).toHaveProperty('identity.groups', ['Domain Admins']);
  });

  it('Grafana sync cache: two identities whose fields join to the same text stay two', () => {
    const { authenticate } = createAuthenticator({ trustedProxies: PROXY });
    expect(authenticate(from(PROXY, 'Remote-User', 'ab', 'Remote-Name', 'c'))).toHaveProperty(
      'identity',
      { user: 'ab', name: 'c' },
    );
    expect(authenticate(from(PROXY, 'Remote-User', 'a', 'Remote-Name', 'bc'))).toHaveProperty(
      'identity',
      { user: 'a', name: 'bc' },
    );
  });
});
