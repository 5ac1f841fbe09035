import { createSlot, type Slot, sharedState } from '@trusted-header/core';
import type { SessionLibrary } from '../adapter/session-library.js';
import { keyedSession } from './keyed-session.js';
import { NoSessionHereError, sessionIn } from './session-in.js';

/** What is used of @fastify/session, and of @fastify/secure-session, which has it too. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  regenerate(): Promise<void> | undefined;
  /** Of @fastify/secure-session: the cookie is over, whatever is written from now on. */
  deleted?: boolean;
}

/**
 * How `signIn` uses @fastify/session, on whatever has it: Fastify, and NestJS on Fastify. A session begins and ends with
 * `regenerate`, which keeps no data and gives a new id; the old cookie is dead.
 */
export const fastifySession: SessionLibrary<object> = keyedSession<object>({
  get: (request, key) => sessionOf(request).get(key),
  set: (request, key, value) => sessionOf(request).set(key, value),
  // Not destroy, which would leave the application without a session for the rest of the request.
  async renew(request) {
    const session = sessionOf(request);
    await session.regenerate();
    if (session.deleted) session.deleted = false;
  },
});

const lastSessions = sharedState<Slot<Session>>('last sessions of fastify', createSlot);

/**
 * Gives the session that @fastify/session has destroyed, where the application has done so by itself: it can be begun anew. That there
 * has been none yet is another matter: the plugin comes too late.
 */
function sessionOf(request: object): Session {
  const session: unknown = Reflect.get(request, 'session') ?? lastSessions.get(request);
  if (isOutside(session, request)) {
    throw new NoSessionHereError('its target is outside the path of the session cookie');
  }
  const missing = 'register @fastify/session, or @fastify/secure-session, before it';
  const found = sessionIn<Session>(session, ['get', 'set', 'regenerate'], missing);
  lastSessions.set(request, found);
  return found;
}

/** @fastify/session puts an empty object there: `*` and `http://app/` are below no path. */
function isOutside(session: unknown, request: object): boolean {
  if (typeof session !== 'object' || session === null) return false;
  return 'sessionStore' in request && !('regenerate' in session);
}
