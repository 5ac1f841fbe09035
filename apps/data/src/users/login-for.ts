import { defineLogin, defineRoles, type SignInOptions } from '@trusted-header/login';
import type { User, Users } from './users.js';

/** The apps' roles: the group `admin` gives one, and everybody whose groups are known has the other. */
export const roles = defineRoles({ admin: 'admin', member: '*' });

/** How the apps find their users, and make one of whoever comes for the first time. */
export function loginFor({ find, create }: Users): SignInOptions<User, 'admin' | 'member'> {
  return defineLogin({ find, create, roles });
}

declare module '@trusted-header/login' {
  interface Register {
    login: ReturnType<typeof loginFor>;
  }
}
