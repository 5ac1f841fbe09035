import type { DevUser } from '@trusted-header/dev';

/** What an application must see of somebody, and nothing else. */
export interface ExpectedIdentity {
  readonly user: string;
  readonly groups: readonly string[];
  readonly name?: string;
  readonly email?: string;
}

/** Everybody who has an account. `ann` may do less than `john`; of `bare`, nothing but the name is known. */
export const USERS = {
  john: {
    user: 'john',
    groups: ['admin', 'dev'],
    name: 'John Doe',
    email: 'john@example.com',
  },
  ann: {
    user: 'ann',
    groups: ['dev', 'Team Blau'],
    name: 'Änne Jürgens',
    email: 'ann@example.com',
  },
  bare: { user: 'bare', groups: [] },
  // What a directory has: 300 groups of 28 bytes, and as many short ones as some people are in.
  long: { user: 'long', groups: groupsOf(300, (i) => `APP-Contoso-Dept-Role-${i}-rw`) },
  short: { user: 'short', groups: groupsOf(600, (i) => `team-${i}`) },
} as const satisfies Record<string, DevUser & ExpectedIdentity>;

export type User = keyof typeof USERS;

/** Everybody's. */
export const PASSWORD = 'secret of all';

function groupsOf(count: number, name: (number: string) => string): readonly string[] {
  return Array.from({ length: count }, (_, i) => name(String(i).padStart(3, '0')));
}

/** Has no account: whoever is taken for this one has been forged. */
export const MALLORY = 'mallory';
