import { keyedSession, type SessionLibrary } from '@trusted-header/login';
import type { FastifyRequest } from 'fastify';

/** What is used of @fastify/session, and of @fastify/secure-session, which has it too. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  regenerate(): Promise<void> | undefined;
}

/**
 * How `signIn` uses @fastify/session. A session begins and ends with `regenerate`, which clears the data and gives a new id; the
 * old cookie is dead.
 */
export const fastifySession: SessionLibrary<FastifyRequest> = keyedSession<FastifyRequest>({
  get: (request, key) => sessionOf(request).get(key),
  set: (request, key, value) => sessionOf(request).set(key, value),
  // Not destroy, which would leave the application without request.session for the rest of the request.
  renew: (request) => sessionOf(request).regenerate(),
});

function sessionOf(request: FastifyRequest): Session {
  const session: unknown = Reflect.get(request, 'session');
  if (isSession(session)) return session;
  throw new Error(
    'signIn found no request.session: register @fastify/session, or @fastify/secure-session, before it',
  );
}

/** Not by `in`: the session of @fastify/secure-session is a proxy without it. */
function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'regenerate') === 'function'
  );
}
