import { createServer } from 'node:http';
import type { LoginSetup, LoginTarget } from '@trusted-header/conformance';
import type { SessionLibrary } from '@trusted-header/login';
import express, { type Request, type RequestHandler } from 'express';
import session from 'express-session';
import { getIronSession } from 'iron-session';
import {
  expressSession,
  ironSession,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '../src/index.js';

const secret = 'a secret of this test and of nobody else';

/** express-session, with its store in memory. */
const expressSessionTarget: LoginTarget = {
  name: 'express-session',
  createServer: (setup) =>
    createApp(setup, expressSession, session({ secret, resave: false, saveUninitialized: false })),
};

/** iron-session, at `req.session`, which has to be told to save. */
const ironSessionTarget: LoginTarget = {
  name: 'iron-session (Express)',
  stateless: true,
  createServer: (setup) =>
    createApp(setup, ironSession, async (req, res, next) => {
      const cookieOptions = { secure: false };
      const options = { password: secret, cookieName: 'iron', cookieOptions };
      Reflect.set(req, 'session', await getIronSession(req, res, options));
      next();
    }),
};

/** The session libraries that the login cases run with. */
export const loginTargets: readonly LoginTarget[] = [expressSessionTarget, ironSessionTarget];

function createApp(
  setup: LoginSetup,
  library: SessionLibrary<Request>,
  ...middleware: RequestHandler[]
) {
  const app = express();
  app.set('trust proxy', true);
  app.set('env', 'test');
  app.use(trustedHeader(setup.options));
  app.use(...middleware);
  const otherLogin = (req: Request) => setup.hasOtherLogin((key) => Reflect.get(bagOf(req), key));
  app.use(signIn({ ...setup.signIn, session: library, otherLogin }));
  app.all('/admin', requireRole('admin'), answer(setup));
  app.all('/mine', requireUser(), answer(setup));
  app.use(answer(setup));
  return createServer(app);
}

function answer(setup: LoginSetup): RequestHandler {
  return async (req, res, next) => {
    try {
      const sight = await setup.answer({
        request: `${req.method} ${req.originalUrl}`,
        user: () => req.user,
        get: (key) => Reflect.get(bagOf(req), key),
        async set(key, value) {
          const bag = bagOf(req);
          Reflect.set(bag, key, value);
          if ('updateConfig' in bag) await Reflect.get(bag, 'save')();
        },
        endSession: () => endSession(bagOf(req)),
        signOut: () => signOut(req),
        signInAgain: () => signInAgain(req),
      });
      res.json(sight);
    } catch (error) {
      next(error);
    }
  };
}

/** The one takes a callback, the other has it done at once. */
function endSession(bag: object): unknown {
  if ('updateConfig' in bag) return Reflect.get(bag, 'destroy')();
  return new Promise((done) => Reflect.get(bag, 'destroy').call(bag, done));
}

function bagOf(req: Request): object {
  const bag: unknown = Reflect.get(req, 'session');
  if (typeof bag !== 'object' || bag === null) throw new Error('there is no session');
  return bag;
}
