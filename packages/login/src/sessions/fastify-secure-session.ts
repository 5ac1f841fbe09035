import { keyedSession } from '../adapter/keyed-session.js';
import type { SessionLibrary } from '../adapter/session-library.js';
import { sessionIn } from './session-in.js';

/** What is used of @fastify/secure-session. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  regenerate(): void;
}

/**
 * How `signIn` uses @fastify/secure-session, at its default `request.session`, on whatever has it. A session begins and ends with
 * `regenerate`, which keeps no data.
 *
 * The cookie is the session: **an old cookie holds what it held until it expires**. What makes it useless is the comparison with
 * each request, and `onMissing: 'keep'` gives that up.
 */
export const fastifySecureSession: SessionLibrary<object> = keyedSession<object>({
  get: (request, key) => sessionOf(request).get(key),
  set: (request, key, value) => sessionOf(request).set(key, value),
  // Not delete, after which nothing is stored that the rest of the request writes.
  renew: (request) => sessionOf(request).regenerate(),
});

function sessionOf(request: object): Session {
  const instead = 'register @fastify/secure-session before it';
  return sessionIn<Session>(request, 'fastifySecureSession', instead);
}
