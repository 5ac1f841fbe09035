import type { SessionLibrary } from '../adapter/session-library.js';
import { sessionIn } from './session-in.js';

/** What is used of express-session. */
interface Session {
  trustedHeader?: unknown;
  trustedHeaderHold?: unknown;
  regenerate(done: (error?: unknown) => void): unknown;
}

/**
 * How `signIn` uses express-session, on whatever has it: Express, and NestJS on Express. A session begins and ends with
 * `regenerate`, which clears the data and gives a new id; the old cookie is dead.
 */
export const expressSession: SessionLibrary<object> = {
  read: (request) => sessionOf(request).trustedHeader,
  async start(request, binding) {
    await regenerate(request);
    sessionOf(request).trustedHeader = binding;
  },
  // Not destroy, which would leave the application without a session for the rest of the request.
  end: regenerate,
  readHold: (request) => sessionOf(request).trustedHeaderHold,
  hold(request, hold) {
    if (hold) sessionOf(request).trustedHeaderHold = hold;
    else delete sessionOf(request).trustedHeaderHold;
  },
};

function regenerate(request: object): Promise<void> {
  return new Promise((resolve, reject) => {
    sessionOf(request).regenerate((error) => (error ? reject(error) : resolve()));
  });
}

function sessionOf(request: object): Session {
  return sessionIn<Session>(request, 'expressSession', 'put session(…) before it');
}
