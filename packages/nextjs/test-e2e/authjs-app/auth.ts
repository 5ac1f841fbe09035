import {
  trustedHeaderCallbacks,
  trustedHeaderJwt,
  trustedHeaderProvider,
} from '@trusted-header/authjs';
import { getDecision, getIdentity } from '@trusted-header/nextjs';
import NextAuth from 'next-auth';
import { decode } from 'next-auth/jwt';

export const { auth, handlers, signIn, signOut } = NextAuth({
  providers: [
    trustedHeaderProvider({
      getIdentity,
      find: ({ user }) => (user === 'mallory' ? null : { id: user, name: user }),
    }),
  ],
  callbacks: trustedHeaderCallbacks({ getDecision }),
  jwt: trustedHeaderJwt({ getDecision, decode }),
  session: { strategy: 'jwt' },
  trustHost: true,
});
