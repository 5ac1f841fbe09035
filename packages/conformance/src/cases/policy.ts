import {
  authenticated,
  type ConformanceGroup,
  forbidden,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const rows = [
  {
    id: 'admin-admitted',
    why: 'the policy asks for one group (P1)',
    path: '/admin',
    lines: ['Remote-User: root', 'Remote-Groups: dev,admin'],
    expect: authenticated({ user: 'root', groups: ['dev', 'admin'] }),
  },
  {
    id: 'other-group-denied',
    why: 'authenticated is not authorized',
    path: '/admin',
    lines: ['Remote-User: alice', 'Remote-Groups: dev'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'user-without-groups-denied',
    why: 'no groups header is no group',
    path: '/admin',
    lines: ['Remote-User: alice'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'user-with-empty-groups-denied',
    why: 'an empty groups header is no group',
    path: '/admin',
    lines: ['Remote-User: alice', 'Remote-Groups:'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'similar-groups-denied',
    why: 'groups are compared whole, and exactly',
    path: '/admin',
    lines: ['Remote-User: admin', 'Remote-Groups: Admin,admins,adm,not admin'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'group-named-constructor-denied',
    why: 'names of own properties are ordinary text (H9)',
    path: '/admin',
    lines: ['Remote-User: __proto__', 'Remote-Groups: constructor,__proto__'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'nobody-at-the-policy',
    why: 'nobody is asked to sign in, not told that they lack a group',
    path: '/admin',
    expect: UNAUTHORIZED,
  },
  {
    id: 'forgery-at-the-policy',
    why: 'a refused claim is refused before any policy',
    peer: STRANGER,
    path: '/admin',
    lines: ['Remote-User: root', 'Remote-Groups: admin'],
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'nobody-at-a-policy-in-public',
    why: 'a policy holds where anonymous requests may pass: nobody has no groups (D1)',
    path: '/public/admin',
    expect: UNAUTHORIZED,
  },
  {
    id: 'other-group-denied-in-public',
    why: 'a policy holds where anonymous requests may pass',
    path: '/public/admin',
    lines: ['Remote-User: alice', 'Remote-Groups: dev'],
    expect: forbidden('group-missing'),
  },
  {
    id: 'admin-admitted-in-public',
    why: 'a policy holds where anonymous requests may pass',
    path: '/public/admin',
    lines: ['Remote-User: root', 'Remote-Groups: admin'],
    expect: authenticated({ user: 'root', groups: ['admin'] }),
  },
] as const;

export const policy: ConformanceGroup = {
  title: 'a policy admits and denies',
  cases: rows.map(toCase),
};
