import { describe, expect, it } from '@jest/globals';
import { createAuthenticator, type Identity } from '../src/index.js';
import * as profiles from '../src/profiles/index.js';

/** What each product puts on the wire (header bytes as Node hands them over: Latin-1), and who that is. */
const rows: Record<keyof typeof profiles, { wire: readonly string[]; identity: Identity }> = {
  // Groups without a space, UTF-8 bytes as they are.
  authelia: {
    wire: [
      'Remote-User',
      'john',
      'Remote-Groups',
      'admin,Domain Users',
      'Remote-Name',
      'JÃ¼rgen',
      'Remote-Email',
      'j@example.com',
    ],
    identity: {
      user: 'john',
      groups: ['admin', 'Domain Users'],
      name: 'Jürgen',
      email: 'j@example.com',
    },
  },
  // A comma is part of a group here.
  authentik: {
    wire: [
      'X-authentik-username',
      'akadmin',
      'X-authentik-groups',
      'authentik Admins|Berlin, Mitte',
      'X-authentik-name',
      'authentik Default Admin',
      'X-authentik-email',
      'root@example.com',
      'X-authentik-uid',
      '5b3d0c8f',
    ],
    identity: {
      user: 'akadmin',
      groups: ['authentik Admins', 'Berlin, Mitte'],
      name: 'authentik Default Admin',
      email: 'root@example.com',
      extra: { uid: '5b3d0c8f' },
    },
  },
  // No display name: the preferred user name is no person's name.
  oauth2Proxy: {
    wire: [
      'X-Forwarded-User',
      '7f0c',
      'X-Forwarded-Groups',
      'dev,ops',
      'X-Forwarded-Email',
      'a@example.com',
      'X-Forwarded-Preferred-Username',
      'alice',
    ],
    identity: {
      user: '7f0c',
      groups: ['dev', 'ops'],
      email: 'a@example.com',
      extra: { preferredUsername: 'alice' },
    },
  },
  oauth2ProxyAuthRequest: {
    wire: [
      'X-Auth-Request-User',
      '7f0c',
      'X-Auth-Request-Groups',
      'dev',
      'X-Auth-Request-Email',
      'a@example.com',
      'X-Auth-Request-Preferred-Username',
      'alice',
    ],
    identity: {
      user: '7f0c',
      groups: ['dev'],
      email: 'a@example.com',
      extra: { preferredUsername: 'alice' },
    },
  },
  // `Jürgen` without the letter that tinyauth deletes; a local user has no groups.
  tinyauth: {
    wire: [
      'Remote-User',
      'john',
      'Remote-Name',
      'Jrgen',
      'Remote-Email',
      'john@example.com',
      'Remote-Sub',
      'local-1',
    ],
    identity: { user: 'john', name: 'Jrgen', email: 'john@example.com', extra: { sub: 'local-1' } },
  },
  // A claim that the identity provider did not send is an empty header.
  pomerium: {
    wire: [
      'X-Pomerium-Claim-User',
      'auth0|61',
      'X-Pomerium-Claim-Groups',
      'a,b',
      'X-Pomerium-Claim-Name',
      '',
      'X-Pomerium-Claim-Email',
      'a@example.com',
    ],
    identity: { user: 'auth0|61', groups: ['a', 'b'], email: 'a@example.com' },
  },
  // Claims in quotes are left alone.
  vouch: {
    wire: ['X-Vouch-User', 'alice@example.com', 'X-Vouch-IdP-Claims-Groups', '"a","b"'],
    identity: { user: 'alice@example.com' },
  },
  // Roles stay the text that they are: `extra` holds single values.
  gatekeeper: {
    wire: [
      'X-Auth-Username',
      'alice',
      'X-Auth-Groups',
      '/dev,/ops',
      'X-Auth-Email',
      'a@example.com',
      'X-Auth-Subject',
      '1e52',
      'X-Auth-Roles',
      'user,admin',
    ],
    identity: {
      user: 'alice',
      groups: ['/dev', '/ops'],
      email: 'a@example.com',
      extra: { subject: '1e52', roles: 'user,admin' },
    },
  },
  // Roles with a space between them.
  caddySecurity: {
    wire: [
      'X-Token-Subject',
      'webadmin',
      'X-Token-User-Name',
      'Web Admin',
      'X-Token-User-Email',
      'w@example.com',
      'X-Token-User-Roles',
      'authp/admin authp/user',
    ],
    identity: {
      user: 'webadmin',
      groups: ['authp/admin', 'authp/user'],
      name: 'Web Admin',
      email: 'w@example.com',
    },
  },
  // Go's mime.QEncoding.
  tailscale: {
    wire: [
      'Tailscale-User-Login',
      'alice@github',
      'Tailscale-User-Name',
      '=?utf-8?q?J=C3=BCrgen_M=C3=BCller?=',
      'Tailscale-User-Profile-Pic',
      'https://example.com/a.png',
    ],
    identity: {
      user: 'alice@github',
      name: 'Jürgen Müller',
      extra: { profilePicture: 'https://example.com/a.png' },
    },
  },
  // The principal's JSON is left alone.
  azureEasyAuth: {
    wire: [
      'X-MS-CLIENT-PRINCIPAL-NAME',
      'alice@contoso.com',
      'X-MS-CLIENT-PRINCIPAL-ID',
      '00a1',
      'X-MS-CLIENT-PRINCIPAL-IDP',
      'aad',
      'X-MS-CLIENT-PRINCIPAL',
      'eyJkZWNveSI6MX0=',
    ],
    identity: { user: 'alice@contoso.com', extra: { id: '00a1', identityProvider: 'aad' } },
  },
  // The display name percent-encoded, the permissions plain.
  sandstorm: {
    wire: [
      'X-Sandstorm-User-Id',
      '0ba26e59c64ec75d',
      'X-Sandstorm-Username',
      'Kenton%20M%C3%BCller',
      'X-Sandstorm-Permissions',
      'edit,comment',
      'X-Sandstorm-Preferred-Handle',
      'kenton',
    ],
    identity: {
      user: '0ba26e59c64ec75d',
      groups: ['edit', 'comment'],
      name: 'Kenton Müller',
      extra: { preferredHandle: 'kenton' },
    },
  },
  // One line a group: a comma separates nothing.
  kubernetes: {
    wire: ['X-Remote-User', 'fido', 'X-Remote-Group', 'dogs', 'X-Remote-Group', 'dachshunds, long'],
    identity: { user: 'fido', groups: ['dogs', 'dachshunds, long'] },
  },
  // A workload, no person.
  linkerd: {
    wire: ['L5d-Client-Id', 'web.shop.serviceaccount.identity.linkerd.cluster.local'],
    identity: { user: 'web.shop.serviceaccount.identity.linkerd.cluster.local' },
  },
};

const table = Object.entries(profiles).map(([name, profile]) => ({
  name,
  profile,
  row: rows[name as keyof typeof profiles],
}));

describe.each(table)('profile $name', ({ profile, row }) => {
  const authenticator = createAuthenticator({ trustedProxies: '10.0.0.7', profile, log: false });

  it('reads who its identity provider says it is', () => {
    expect(authenticator.authenticate({ peer: '10.0.0.7', rawHeaders: row.wire })).toEqual({
      kind: 'authenticated',
      identity: row.identity,
      source: { kind: 'address', address: '10.0.0.7' },
    });
  });

  it('believes none of it from somebody else', () => {
    expect(authenticator.authenticate({ peer: '10.0.0.8', rawHeaders: row.wire })).toMatchObject({
      kind: 'refused',
      reason: 'peer-untrusted',
    });
  });
});

it('gives every profile the name of its product for an id', () => {
  expect(Object.entries(profiles).map(([name, { id }]) => [name, id])).toEqual(
    Object.keys(profiles).map((name) => [
      name,
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    ]),
  );
});
