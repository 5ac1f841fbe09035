import type { SessionLibrary } from '../adapter/session-library.js';
import { sessionIn } from './session-in.js';

/** What is used of @fastify/session. */
interface Session {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  regenerate(): PromiseLike<void>;
}

const BINDING = 'trustedHeader';
const HOLD = 'trustedHeaderHold';

/**
 * How `signIn` uses @fastify/session, on whatever has it: Fastify, and NestJS on Fastify. A session begins and ends with
 * `regenerate`, which keeps no data and gives a new id; the old cookie is dead.
 */
export const fastifySession: SessionLibrary<object> = {
  read: (request) => sessionOf(request).get(BINDING),
  async start(request, binding) {
    await sessionOf(request).regenerate();
    sessionOf(request).set(BINDING, binding);
  },
  // Not destroy, which would leave the application without a session for the rest of the request.
  end: (request) => sessionOf(request).regenerate(),
  readHold: (request) => sessionOf(request).get(HOLD),
  hold: (request, hold) => sessionOf(request).set(HOLD, hold),
};

function sessionOf(request: object): Session {
  return sessionIn<Session>(request, 'fastifySession', 'register @fastify/session before it');
}
