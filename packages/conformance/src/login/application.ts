import type { Identity } from '@trusted-header/core';
import { defineRoles } from '@trusted-header/login';
import type { LoginCaseOptions } from './login-case.js';
import type { LoginSetup, LoginUser, Sight, Visit } from './login-target.js';

/** Where all session objects of ours store whom a session belongs to. */
const BINDING = 'trustedHeader';
const NOTE = 'note';
const PASSWORD = 'passwordUser';

/**
 * Makes what a target builds its application from. Alice and Bob have accounts, who is called `new-…` gets one, nobody else does.
 */
export function createLoginSetup({ onMissing, anonymous }: LoginCaseOptions = {}): LoginSetup {
  const accounts = new Map<string, LoginUser>();
  const create = ({ user }: Identity): LoginUser | null => {
    if (!user.startsWith('new-')) return null;
    // As a database with a unique index does.
    if (accounts.has(user)) throw new Error('there is one already');
    accounts.set(user, { name: user });
    return accounts.get(user) ?? null;
  };
  return {
    options: {
      trustedProxies: ['127.0.0.1'],
      anonymous: anonymous ?? 'allow',
      open: ['/open'],
      log: false,
    },
    signIn: {
      find: (identity) => find(identity, accounts),
      create,
      roles: defineRoles({ admin: 'ops', viewer: '*' }),
      timeoutSeconds: 0.3,
      log: false,
      ...(onMissing && { onMissing }),
    },
    hasOtherLogin: async (get) => textOf(await get(PASSWORD)) !== null,
    answer,
  };
}

/** The test's own way to tell the database of a request: an e-mail address, which goes wherever the target's process is. */
function find(
  { user, email }: Identity,
  accounts: ReadonlyMap<string, LoginUser>,
): Promise<LoginUser | null> | LoginUser | null {
  if (email === 'down@example.org') throw new Error('ECONNREFUSED');
  if (email === 'hang@example.org') return new Promise(() => undefined);
  if (user === 'alice' || user === 'bob') return { name: user };
  return accounts.get(user) ?? null;
}

async function answer(visit: Visit): Promise<Sight> {
  const [action, value = ''] = visit.request.split('?');
  switch (action) {
    case 'POST /note':
      await visit.set(NOTE, value);
      break;
    case 'POST /password':
      await visit.set(PASSWORD, value);
      break;
    case 'POST /tamper':
      await visit.set(BINDING, JSON.parse(decodeURIComponent(value)));
      break;
    case 'POST /sign-out':
      await visit.signOut();
      break;
    case 'POST /end-and-sign-out':
      await visit.endSession();
      await visit.signOut();
      break;
    case 'POST /sign-in':
      await visit.signInAgain();
      break;
    default:
  }
  return {
    user: nameOf(visit.user()),
    note: textOf(await visit.get(NOTE)),
    password: textOf(await visit.get(PASSWORD)),
  };
}

function nameOf(user: unknown): string | null {
  return typeof user === 'object' && user !== null ? textOf(Reflect.get(user, 'name')) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
