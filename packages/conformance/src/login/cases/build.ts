import type { LoginRefusal, LoginStep } from '../login-case.js';
import type { Sight } from '../login-target.js';

export const STRANGER = '127.0.0.2';

/** The handler ran for this user, and read this in the session. */
export function sees(user: string, note: string | null = null): Sight {
  return { user, note, password: null };
}

/** The handler ran for nobody, and read this in the session. */
export function nobodySees(note: string | null): Sight {
  return { user: null, note, password: null };
}

/** Nobody is signed in, and the session holds nothing. */
export const NOTHING: Sight = nobodySees(null);

export function forbidden(code: string): LoginRefusal {
  return { status: 403, code };
}

export const UNAUTHORIZED: LoginRefusal = { status: 401, code: 'authentication-required' };
export const UNAVAILABLE: LoginRefusal = { status: 503, code: 'user-unavailable' };

/** Alice signs in and writes something into her session; whoever reads `hers` afterwards has it. */
export const ALICE_NOTES: LoginStep = {
  as: 'alice',
  send: 'POST /note?hers',
  expect: sees('alice', 'hers'),
};

/** Alice has what she has noted. */
export const ALICE_HAS_IT: LoginStep = {
  as: 'alice',
  send: 'GET /me',
  expect: sees('alice', 'hers'),
};

/** Alice is signed in, in a session that has been made anew. */
export const ALICE_ANEW: LoginStep = { as: 'alice', send: 'GET /me', expect: sees('alice') };
