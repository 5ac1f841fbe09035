import { promisify } from 'node:util';
import type { SessionLibrary } from '@trusted-header/login';
import type { Request } from 'express';

/** What is used of express-session. */
interface Session {
  trustedHeader?: unknown;
  trustedHeaderHold?: unknown;
  regenerate(done: (error?: unknown) => void): unknown;
}

/**
 * How `signIn` uses express-session. A session begins and ends with `regenerate`, which clears the data and gives a new id; the
 * old cookie is dead.
 */
export const expressSession: SessionLibrary<Request> = {
  read: (req) => sessionOf(req).trustedHeader,
  async start(req, binding) {
    await regenerate(req);
    sessionOf(req).trustedHeader = binding;
  },
  // Not destroy, which would leave the application without req.session for the rest of the request.
  end: regenerate,
  readHold: (req) => sessionOf(req).trustedHeaderHold,
  hold(req, hold) {
    if (hold) sessionOf(req).trustedHeaderHold = hold;
    else delete sessionOf(req).trustedHeaderHold;
  },
};

async function regenerate(req: Request): Promise<void> {
  const session = sessionOf(req);
  await promisify(session.regenerate.bind(session))();
}

function sessionOf(req: Request): Session {
  const session: unknown = Reflect.get(req, 'session');
  if (isSession(session)) return session;
  throw new Error('signIn({ session: expressSession }) found no session: put session(…) before it');
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'regenerate' in value;
}
