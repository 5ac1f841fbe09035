import { describe, expect, it } from '@jest/globals';
import type { HeaderProfile, Identity, ProfileId } from '@trusted-header/core';
import { createAuthenticator } from '@trusted-header/core';
import { authelia, KNOWN_PROFILES } from '@trusted-header/core/profiles';
import { findProfile } from '../src/client/find-profile.js';
import { identityLines } from '../src/client/identity-lines.js';

const JUERGEN: Identity = {
  user: 'jürgen',
  groups: ['ops', 'dev team'],
  name: 'Jürgen',
  email: 'jj@example.com',
};

describe('identityLines', () => {
  it.each<[ProfileId, Identity, readonly (readonly [string, string])[]]>([
    [
      'authelia',
      JUERGEN,
      [
        ['Remote-User', 'jÃ¼rgen'],
        ['Remote-Groups', 'ops,dev team'],
        ['Remote-Name', 'JÃ¼rgen'],
        ['Remote-Email', 'jj@example.com'],
      ],
    ],
    ['authelia', { user: 'alice' }, [['Remote-User', 'alice']]],
    [
      'authelia',
      { user: 'alice', groups: [] },
      [
        ['Remote-User', 'alice'],
        ['Remote-Groups', ''],
      ],
    ],
    [
      'authentik',
      { user: 'alice', groups: ['a', 'b'] },
      [
        ['X-authentik-username', 'alice'],
        ['X-authentik-groups', 'a|b'],
      ],
    ],
    [
      'tailscale',
      { user: 'jj@example.com', name: 'Jürgen' },
      [
        ['Tailscale-User-Login', 'jj@example.com'],
        ['Tailscale-User-Name', '=?utf-8?b?SsO8cmdlbg==?='],
      ],
    ],
  ])('writes what %s sends of %j', (profile, identity, lines) => {
    expect(identityLines(identity, findProfile(profile) ?? authelia)).toEqual(lines);
  });

  it('writes nothing for nobody', () => {
    expect(identityLines(undefined, authelia)).toEqual([]);
  });

  it.each<HeaderProfile>([
    { id: 'percent', user: { header: 'X-User', encoding: 'percent' } },
    { id: 'base64', user: { header: 'X-User', encoding: 'base64' } },
    { id: 'base64url', user: { header: 'X-User', encoding: 'base64url' } },
    { id: 'prefix', user: { header: 'X-User', encoding: 'percent', prefix: 'ldap:' } },
    { id: 'rfc2047', user: { header: 'X-User', encoding: 'rfc2047' } },
    { id: 'latin1', user: { header: 'X-User', encoding: 'latin1' } },
    { id: 'lines', user: { header: 'X-User' }, groups: { header: 'X-Group', separator: 'line' } },
    { id: 'extra', user: { header: 'X-User' }, extra: { id: { header: 'X-Id' } } },
  ])('writes what core reads again: $id', (profile) => {
    const identity = {
      user: 'jürgen',
      ...(profile.groups && { groups: ['ops', 'dev'] }),
      ...(profile.extra && { extra: { id: '7' } }),
    };
    const authenticator = createAuthenticator({ trustedProxies: '10.0.0.7', profile, log: false });
    const rawHeaders = identityLines(identity, profile).flat();
    expect(authenticator.authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({
      kind: 'authenticated',
      identity,
    });
  });

  it('writes what core reads again as every known profile, separators in groups too', () => {
    for (const profile of Object.values(KNOWN_PROFILES)) {
      const { groups, name, email, extra = {} } = profile;
      const identity: Identity = {
        user: 'j@example.com',
        ...(groups && { groups: ['ops', 'CORP\\dev'] }),
        ...(name && { name: 'Jürgen' }),
        ...(email && { email: 'j@example.com' }),
        ...(Object.keys(extra).length > 0 && {
          extra: Object.fromEntries(Object.keys(extra).map((key) => [key, '7'])),
        }),
      };
      const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.7', profile });
      const rawHeaders = identityLines(identity, profile).flat();
      expect(authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({ identity });
    }
  });

  it.each<[ProfileId, string]>([
    ['shibboleth', 'a;b'],
    ['mod-auth-openidc', 'a,b'],
    ['mod-auth-openidc', 'a\\,b\\'],
  ])('escapes what %s escapes: %j', (id, group) => {
    const profile = KNOWN_PROFILES[id];
    const { authenticate } = createAuthenticator({ trustedProxies: '10.0.0.7', profile });
    const rawHeaders = identityLines({ user: 'j', groups: [group, 'c'] }, profile).flat();
    expect(authenticate({ peer: '10.0.0.7', rawHeaders })).toMatchObject({
      identity: { groups: [group, 'c'] },
    });
  });
});
