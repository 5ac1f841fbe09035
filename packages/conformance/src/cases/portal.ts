import {
  authenticated,
  type ConformanceGroup,
  forbidden,
  STRANGER,
  toCase,
  UNAUTHORIZED,
} from './build.js';

const NAVIGATION = 'Sec-Fetch-Mode: navigate';
const PORTAL = {
  trustedProxies: ['127.0.0.1'],
  signIn: { portal: 'https://auth.example.com', origin: 'https://app.example.com' },
} as const;
const FORWARDED = {
  trustedProxies: ['127.0.0.1'],
  signIn: { portal: 'https://auth.example.com' },
} as const;
const signInAt = (path: string) =>
  ({
    kind: 'redirected',
    to: `https://auth.example.com/?rd=${encodeURIComponent(`https://app.example.com${path}`)}`,
  }) as const;

const rows = [
  {
    id: 'portal-for-a-person',
    why: 'who goes to a page as nobody signs in, and comes back to it (P6)',
    path: '/whoami?page=2',
    lines: [NAVIGATION],
    options: PORTAL,
    expect: signInAt('/whoami?page=2'),
  },
  {
    id: 'portal-for-a-person-past-the-proxy',
    why: 'the configured origin leads people behind the proxy',
    peer: STRANGER,
    lines: [NAVIGATION],
    options: PORTAL,
    expect: signInAt('/whoami'),
  },
  {
    id: 'portal-not-for-programs',
    why: 'a program that follows a redirect takes the sign-in page for its answer',
    lines: ['Sec-Fetch-Mode: cors', 'Accept: text/html'],
    options: PORTAL,
    expect: { ...UNAUTHORIZED, as: 'html' },
  },
  {
    id: 'portal-not-for-forms',
    why: 'what was posted would be lost',
    method: 'POST',
    lines: [NAVIGATION],
    options: PORTAL,
    expect: UNAUTHORIZED,
  },
  {
    id: 'portal-on-the-page-of-a-form',
    why: 'a person whose session is over finds the way back in',
    method: 'POST',
    lines: [NAVIGATION, 'Accept: text/html'],
    options: PORTAL,
    expect: {
      ...UNAUTHORIZED,
      as: 'html',
      links: ['https://auth.example.com/?rd=https%3A%2F%2Fapp.example.com%2F', '/'],
    },
  },
  {
    id: 'portal-not-for-forgeries',
    why: 'a claim that is not believed is refused, whoever sends it',
    peer: STRANGER,
    lines: [NAVIGATION, 'Remote-User: admin'],
    options: PORTAL,
    expect: forbidden('peer-untrusted'),
  },
  {
    id: 'portal-not-for-the-denied',
    why: 'who is signed in would come back at once, for ever',
    path: '/admin',
    lines: [NAVIGATION, 'Remote-User: alice'],
    options: PORTAL,
    expect: forbidden('group-missing'),
  },
  {
    id: 'portal-not-for-users',
    why: 'a user is let through',
    lines: [NAVIGATION, 'Remote-User: alice'],
    options: PORTAL,
    expect: authenticated({ user: 'alice' }),
  },
  {
    id: 'portal-does-not-nest',
    why: 'a way back within a way back grows with every redirect (LESSONS)',
    path: '/whoami?rd=https://evil.example/',
    lines: [NAVIGATION],
    options: PORTAL,
    expect: signInAt('/'),
  },
  {
    id: 'portal-by-what-the-proxy-forwards',
    why: 'without an origin, the proxy knows the address that people use',
    lines: [NAVIGATION, 'X-Forwarded-Proto: https', 'X-Forwarded-Host: app.example.com'],
    options: FORWARDED,
    expect: signInAt('/whoami'),
  },
] as const;

/** People who go to a page as nobody, and everybody else. */
export const portal: ConformanceGroup = {
  title: 'sending people to the portal',
  cases: rows.map(toCase),
};
