import { trustedHeaderCallbacks, trustedHeaderProvider } from '@trusted-header/authjs';
import { getDecision, getIdentity } from '@trusted-header/nextjs';
import NextAuth from 'next-auth';

export const { auth, handlers, signIn, signOut } = NextAuth({
  providers: [
    trustedHeaderProvider({
      getIdentity,
      find: ({ user }) => (user === 'mallory' ? null : { id: user, name: user }),
    }),
  ],
  callbacks: trustedHeaderCallbacks({ getDecision }),
  session: { strategy: 'jwt' },
  trustHost: true,
});
