import type { SessionBinding } from '@trusted-header/login';
import { logOut, promised } from './passport-request.js';

const BINDING = 'trustedHeader';

/** Reads whose session it is. Nothing is believed that comes from here. */
export function readBinding(request: object): unknown {
  const session = sessionOf(request);
  const get: unknown = Reflect.get(session, 'get');
  return typeof get === 'function'
    ? Reflect.apply(get, session, [BINDING])
    : Reflect.get(session, BINDING);
}

/**
 * Writes whose session it is, once Passport has begun it, and saves it: Passport has saved it already, and the end of an answer, which
 * is when libraries save, may be far away.
 */
export async function writeBinding(request: object, binding: SessionBinding): Promise<void> {
  const session = sessionOf(request);
  const set: unknown = Reflect.get(session, 'set');
  if (typeof set === 'function') Reflect.apply(set, session, [BINDING, binding]);
  else Reflect.set(session, BINDING, binding);
  const save: unknown = Reflect.get(session, 'save');
  // One that is only a cookie has nothing to save.
  if (typeof save === 'function') await promised((done) => Reflect.apply(save, session, [done]));
}

/**
 * Ends the session. Its data goes first: it would stay where the store fails, and where the library's `regenerate`, which Passport
 * calls, keeps it (koa-session).
 */
export async function endSession(request: object): Promise<void> {
  const session = sessionOf(request);
  for (const [key, value] of Object.entries(session)) {
    if (isData(key) && typeof value !== 'function') Reflect.deleteProperty(session, key);
  }
  await logOut(request);
}

/** What the application has put there, and nothing of the library's own. */
function isData(key: string): boolean {
  return !key.startsWith('_') && key !== 'cookie' && key !== 'isNew';
}

function sessionOf(request: object): object {
  const session: unknown = Reflect.get(request, 'session');
  if (typeof session === 'object' && session !== null) return session;
  throw new Error(
    "passport.authenticate('trusted-header') found no session: put session(…) before it, or say { session: false }",
  );
}
