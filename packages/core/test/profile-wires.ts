import type { Identity } from '../src/index.js';
import type { ProfileId } from '../src/profiles/index.js';

/** What a product puts on the wire, a line each, in bytes as Node hands them over (Latin-1), and what is meant by it. */
export interface Wire {
  readonly lines: readonly string[];
  readonly identity: Identity;
  /** Lines of people who are not signed in, where it sends any. */
  readonly nobodies: readonly (readonly string[])[];
}

/** A visitor without a header is nobody's of all products, and is not listed again. */
export const WIRES: Readonly<Record<ProfileId, Wire>> = {
  // Groups without a space, UTF-8 bytes as they are.
  authelia: {
    lines: [
      'Remote-User: john',
      'Remote-Groups: admin,Domain Users',
      'Remote-Name: JÃ¼rgen',
      'Remote-Email: j@example.com',
    ],
    identity: {
      user: 'john',
      groups: ['admin', 'Domain Users'],
      name: 'Jürgen',
      email: 'j@example.com',
    },
    nobodies: [],
  },
  // A comma is part of a group here.
  authentik: {
    lines: [
      'X-authentik-username: akadmin',
      'X-authentik-groups: authentik Admins|Berlin, Mitte',
      'X-authentik-entitlements: all|of them',
      'X-authentik-name: authentik Default Admin',
      'X-authentik-email: root@example.com',
      'X-authentik-uid: 5b3d0c8f',
      'X-authentik-jwt: decoy',
      'X-authentik-meta-app: decoy',
    ],
    identity: {
      user: 'akadmin',
      groups: ['authentik Admins', 'Berlin, Mitte'],
      name: 'authentik Default Admin',
      email: 'root@example.com',
      extra: { uid: '5b3d0c8f' },
    },
    nobodies: [],
  },
  // The subject alone is plain; the rest is in a token, with its padding, which is left alone.
  'aws-alb': {
    lines: [
      'X-Amzn-Oidc-Accesstoken: decoy',
      'X-Amzn-Oidc-Identity: 6ac9bb0c-4c4d-4f3a-8d3e-1c5d0a1a9d11',
      'X-Amzn-Oidc-Data: eyJkZWNveSI6MX0=.eyJzdWIiOiJldmlsIn0=.AA==',
    ],
    identity: { user: '6ac9bb0c-4c4d-4f3a-8d3e-1c5d0a1a9d11' },
    nobodies: [],
  },
  // The principal's JSON is left alone.
  'azure-easy-auth': {
    lines: [
      'X-MS-CLIENT-PRINCIPAL-NAME: alice@contoso.com',
      'X-MS-CLIENT-PRINCIPAL-ID: 00a1',
      'X-MS-CLIENT-PRINCIPAL-IDP: aad',
      'X-MS-CLIENT-PRINCIPAL: eyJkZWNveSI6MX0=',
      'X-MS-TOKEN-AAD-ID-TOKEN: decoy',
    ],
    identity: { user: 'alice@contoso.com', extra: { id: '00a1', identityProvider: 'aad' } },
    nobodies: [],
  },
  // Roles with a space between them.
  'caddy-security': {
    lines: [
      'X-Token-Subject: webadmin',
      'X-Token-User-Name: Web Admin',
      'X-Token-User-Email: w@example.com',
      'X-Token-User-Roles: authp/admin authp/user',
    ],
    identity: {
      user: 'webadmin',
      groups: ['authp/admin', 'authp/user'],
      name: 'Web Admin',
      email: 'w@example.com',
    },
    nobodies: [],
  },
  // One header is the user and the email; the token is left alone.
  'cloudflare-access': {
    lines: [
      'Cf-Access-Jwt-Assertion: decoy',
      'Cf-Access-Authenticated-User-Email: alice@example.com',
      'Cf-Connecting-Ip: 203.0.113.7',
    ],
    identity: { user: 'alice@example.com', email: 'alice@example.com' },
    // A service token, or a program that brings its own.
    nobodies: [['Cf-Access-Jwt-Assertion: decoy'], ['Cf-Access-Client-Id: decoy']],
  },
  // Roles stay the text that they are: `extra` holds single values.
  gatekeeper: {
    lines: [
      'X-Auth-Username: alice',
      'X-Auth-Groups: /dev,/ops',
      'X-Auth-Email: a@example.com',
      'X-Auth-Subject: 1e52',
      'X-Auth-Roles: user,admin',
      'X-Auth-Userid: evil',
    ],
    identity: {
      user: 'alice',
      groups: ['/dev', '/ops'],
      email: 'a@example.com',
      extra: { subject: '1e52', roles: 'user,admin' },
    },
    nobodies: [],
  },
  // The namespace of both values is taken off.
  'google-iap': {
    lines: [
      'X-Goog-Authenticated-User-Email: accounts.google.com:alice@example.com',
      'X-Goog-Authenticated-User-Id: accounts.google.com:118133858486581853996',
      'X-Goog-IAP-JWT-Assertion: decoy',
    ],
    identity: {
      user: 'alice@example.com',
      email: 'alice@example.com',
      extra: { id: '118133858486581853996' },
    },
    nobodies: [['X-Goog-IAP-JWT-Assertion: decoy']],
  },
  // One line a group: a comma separates nothing.
  kubernetes: {
    lines: [
      'X-Remote-User: fido',
      'X-Remote-Group: dogs',
      'X-Remote-Group: dachshunds, long',
      'X-Remote-Extra-Scopes: decoy',
    ],
    identity: { user: 'fido', groups: ['dogs', 'dachshunds, long'] },
    nobodies: [['X-Remote-User: system:anonymous', 'X-Remote-Group: system:unauthenticated']],
  },
  // A workload, no person.
  linkerd: {
    lines: ['L5d-Client-Id: web.shop.serviceaccount.identity.linkerd.cluster.local'],
    identity: { user: 'web.shop.serviceaccount.identity.linkerd.cluster.local' },
    nobodies: [],
  },
  // Latin-1; a comma and a backslash inside of groups; a character that Latin-1 has not.
  'mod-auth-openidc': {
    lines: [
      'OIDC_CLAIM_sub: 248289761001',
      'OIDC_CLAIM_iss: https://idp.example.com',
      'OIDC_CLAIM_preferred_username: jürgen',
      'OIDC_CLAIM_name: Jürgen ?ukasz',
      'OIDC_CLAIM_email: j@example.com',
      'OIDC_CLAIM_email_verified: 1',
      'OIDC_CLAIM_groups: Berlin\\, Mitte,CORP\\\\admins,dev',
      'OIDC_access_token: decoy',
    ],
    identity: {
      user: '248289761001',
      groups: ['Berlin, Mitte', 'CORP\\admins', 'dev'],
      name: 'Jürgen ?ukasz',
      email: 'j@example.com',
      extra: { preferredUsername: 'jürgen', issuer: 'https://idp.example.com' },
    },
    nobodies: [],
  },
  // No display name: the preferred user name is no person's name.
  'oauth2-proxy': {
    lines: [
      'X-Forwarded-User: 7f0c',
      'X-Forwarded-Groups: dev,ops',
      'X-Forwarded-Email: a@example.com',
      'X-Forwarded-Preferred-Username: alice',
      'X-Forwarded-Access-Token: decoy',
    ],
    identity: {
      user: '7f0c',
      groups: ['dev', 'ops'],
      email: 'a@example.com',
      extra: { preferredUsername: 'alice' },
    },
    nobodies: [],
  },
  'oauth2-proxy-auth-request': {
    lines: [
      'X-Auth-Request-User: 7f0c',
      'X-Auth-Request-Groups: dev',
      'X-Auth-Request-Email: a@example.com',
      'X-Auth-Request-Preferred-Username: alice',
    ],
    identity: {
      user: '7f0c',
      groups: ['dev'],
      email: 'a@example.com',
      extra: { preferredUsername: 'alice' },
    },
    nobodies: [],
  },
  // A claim that the identity provider did not send is an empty header.
  pomerium: {
    lines: [
      'X-Pomerium-Claim-User: auth0|61',
      'X-Pomerium-Claim-Groups: a,b',
      'X-Pomerium-Claim-Name: ',
      'X-Pomerium-Claim-Email: a@example.com',
      'X-Pomerium-Jwt-Assertion: decoy',
    ],
    identity: { user: 'auth0|61', groups: ['a', 'b'], email: 'a@example.com' },
    nobodies: [['X-Pomerium-Claim-User: ', 'X-Pomerium-Claim-Groups: ']],
  },
  // The display name percent-encoded, the permissions plain.
  sandstorm: {
    lines: [
      'X-Sandstorm-User-Id: 0ba26e59c64ec75d',
      'X-Sandstorm-Username: Kenton%20M%C3%BCller',
      'X-Sandstorm-Permissions: edit,comment',
      'X-Sandstorm-Preferred-Handle: kenton',
    ],
    identity: {
      user: '0ba26e59c64ec75d',
      groups: ['edit', 'comment'],
      name: 'Kenton Müller',
      extra: { preferredHandle: 'kenton' },
    },
    nobodies: [['X-Sandstorm-Username: Anonymous%20User', 'X-Sandstorm-Permissions: view']],
  },
  // A semicolon inside a group; a backslash that is one; several values of what is one here stay a text.
  shibboleth: {
    lines: [
      'REMOTE_USER: jdoe@example.edu',
      'isMemberOf: cn=staff\\;hr;CORP\\admins;dev',
      'displayName: JÃ¼rgen Doe',
      'mail: j@example.edu',
      'affiliation: staff@example.edu;member@example.edu',
      'entitlement: ',
      'Shib-Session-ID: decoy',
      'eppn: decoy',
    ],
    identity: {
      user: 'jdoe@example.edu',
      groups: ['cn=staff;hr', 'CORP\\admins', 'dev'],
      name: 'Jürgen Doe',
      email: 'j@example.edu',
      extra: { affiliation: 'staff@example.edu;member@example.edu' },
    },
    nobodies: [['REMOTE_USER: ', 'isMemberOf: ', 'displayName: ', 'mail: ', 'affiliation: ']],
  },
  // A domain's backslash is part of the name.
  siteminder: {
    lines: [
      'SM_USER: CORP\\jdoe',
      'SM_UNIVERSALID: jdoe',
      'SM_USERDN: CN=jdoe,OU=people,DC=example,DC=com',
      'SM_AUTHTYPE: Form',
      'SM_SERVERSESSIONID: decoy',
    ],
    identity: {
      user: 'CORP\\jdoe',
      extra: {
        universalId: 'jdoe',
        distinguishedName: 'CN=jdoe,OU=people,DC=example,DC=com',
      },
    },
    nobodies: [['SM_AUTHTYPE: Not Protected']],
  },
  // Go's mime.QEncoding.
  tailscale: {
    lines: [
      'Tailscale-User-Login: alice@github',
      'Tailscale-User-Name: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?=',
      'Tailscale-User-Profile-Pic: https://example.com/a.png',
      'Tailscale-Headers-Info: https://tailscale.com/s/serve-headers',
    ],
    identity: {
      user: 'alice@github',
      name: 'Jürgen Müller',
      extra: { profilePicture: 'https://example.com/a.png' },
    },
    nobodies: [['Tailscale-Funnel-Request: ?1']],
  },
  // `Jürgen` without the letter that tinyauth deletes; a local user has no groups.
  tinyauth: {
    lines: [
      'Remote-User: john',
      'Remote-Name: Jrgen',
      'Remote-Email: john@example.com',
      'Remote-Sub: local-1',
    ],
    identity: { user: 'john', name: 'Jrgen', email: 'john@example.com', extra: { sub: 'local-1' } },
    nobodies: [],
  },
  // Claims in quotes are left alone.
  vouch: {
    lines: ['X-Vouch-User: alice@example.com', 'X-Vouch-IdP-Claims-Groups: "a","b"'],
    identity: { user: 'alice@example.com' },
    nobodies: [['X-Vouch-User: ', 'X-Vouch-Success: true']],
  },
  // The underscores are in the names as they are sent.
  yunohost: {
    lines: [
      'YNH_USER: camille',
      'YNH_USER_EMAIL: camille@example.org',
      'YNH_USER_FULLNAME: Camille BÃ©lair',
      'Authorization: Basic Y2FtaWxsZTot',
    ],
    identity: { user: 'camille', name: 'Camille Bélair', email: 'camille@example.org' },
    nobodies: [['Authorization: Basic bWFsbG9yeTp4']],
  },
};

/** Header lines as Node has them: name, value, name, value … */
export function rawHeaders(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
}
