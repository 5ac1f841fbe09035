import type { SessionLibrary } from '../adapter/session-library.js';
import { keyedSession } from './keyed-session.js';
import { sessionIn } from './session-in.js';

/** What is used of @fastify/session, and of @fastify/secure-session, which has it too. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  regenerate(): Promise<void> | undefined;
}

/**
 * How `signIn` uses @fastify/session, on whatever has it: Fastify, and NestJS on Fastify. A session begins and ends with
 * `regenerate`, which keeps no data and gives a new id; the old cookie is dead.
 */
export const fastifySession: SessionLibrary<object> = keyedSession<object>({
  get: (request, key) => sessionOf(request).get(key),
  set: (request, key, value) => sessionOf(request).set(key, value),
  // Not destroy, which would leave the application without a session for the rest of the request.
  renew: (request) => sessionOf(request).regenerate(),
});

function sessionOf(request: object): Session {
  const session: unknown = Reflect.get(request, 'session');
  const missing = 'register @fastify/session, or @fastify/secure-session, before it';
  return sessionIn<Session>(session, ['get', 'set', 'regenerate'], missing);
}
