import { roles } from '@trusted-header/app-data';
import { signIn } from '@trusted-header/nextjs';
import { ironSession } from '@trusted-header/nextjs/iron-session';
import { data } from './data';

/** How the app finds its users, and follows the proxy with an encrypted cookie. */
export const { getUser, withUser, followSession, signOut, signInAgain } = signIn({
  find: async (identity) => (await data()).users.find(identity),
  create: async (identity) => (await data()).users.create(identity),
  roles,
  session: ironSession({
    // main.ts makes one up where there is none.
    password: process.env.SESSION_SECRET ?? '',
    // Of its own for each app: browsers share the cookies of one host among all its ports.
    cookieName: 'next-app',
    ttl: 86_400,
    cookieOptions: { secure: process.env.APP_URL?.startsWith('https:') === true },
  }),
});
