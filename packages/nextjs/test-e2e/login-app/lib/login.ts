import { defineRoles } from '@trusted-header/login';
import { signIn } from '@trusted-header/nextjs';
import { ironSession } from '@trusted-header/nextjs/iron-session';
import { database } from './database';
import { sessionOptions } from './session-options';

export const {
  getUser,
  requireUser,
  requireRole,
  withUser,
  getSession,
  followSession,
  signOut,
  signInAgain,
} = signIn({
  find({ user }) {
    const db = database();
    db.lookups++;
    if (db.isDown) throw new Error('the database is down');
    return user === 'mallory' ? null : { name: user, plan: 'free' };
  },
  roles: defineRoles({ admin: 'ops', viewer: '*' }),
  session: ironSession<{ cart: string[] }>(sessionOptions),
});
