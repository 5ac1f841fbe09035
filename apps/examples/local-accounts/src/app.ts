import {
  expressSession,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '@trusted-header/express';
import type { SignInOptions } from '@trusted-header/login';
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import session from 'express-session';
import { type Account, createAccounts } from './accounts.js';
import { homePage, loginPage } from './pages.js';

declare module 'express-session' {
  interface SessionData {
    /** The account that has signed in with its password. */
    localId?: string;
  }
}
declare module '@trusted-header/login' {
  interface Register {
    login: SignInOptions<Account>;
  }
}

export interface Settings {
  /** Undefined or empty: nobody comes through a proxy, and everybody needs a password. */
  readonly trustedProxies: string | undefined;
  readonly sessionSecret: string;
}

/** Makes the application: people come through the proxy, or sign in with a password. */
export function createApp({ trustedProxies, sessionSecret }: Settings): Express {
  const accounts = createAccounts();
  const app = express();

  // Nobody passes: the application asks by itself. A claim that is not the proxy's is 403 all the same.
  app.use(
    trustedHeader({ trustedProxies, optional: true, anonymous: 'allow', sameOrigin: 'unsafe' }),
  );
  app.use(ownPagesOnly);
  app.use(
    session({
      name: 'local-accounts',
      secret: sessionSecret,
      resave: false,
      saveUninitialized: false,
      // The proxy speaks TLS with the browser; its X-Forwarded-Proto decides about the flag Secure, and about nothing else.
      proxy: true,
      cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: 86_400_000 },
    }),
  );
  // The password's account first: signIn leaves alone whom another login has signed in.
  app.use((req, _res, next) => {
    if (req.session.localId !== undefined) req.user = accounts.byId(req.session.localId);
    next();
  });
  app.use(
    signIn({
      find: ({ user }) => accounts.ofProxy(user),
      session: expressSession,
      otherLogin: (req) => req.session.localId !== undefined && req.user !== undefined,
    }),
  );

  app.get('/', requireAccount, (req, res) => {
    res.send(homePage(req.user, req.identity?.user));
  });
  app.get('/me', requireAccount, (req, res) => {
    res.json(req.user);
  });
  app.get('/login', (req, res) => {
    res.send(loginPage(req.identity?.user));
  });

  app.post('/login', form, async (req, res) => {
    const { name, password } = fieldsOf(req.body);
    const account = await accounts.check(name, password);
    if (account) await begin(account, req, res);
    else refuse(401, 'No account has this name and this password.', req, res);
  });
  app.post('/register', form, async (req, res) => {
    const { name, password } = fieldsOf(req.body);
    if (!/^[\p{L}\p{N}._-]{1,64}$/u.test(name) || password.length < 12) {
      refuse(422, 'A name of letters and digits, and a password of 12 characters.', req, res);
      return;
    }
    const account = await accounts.register(name, password);
    if (account) await begin(account, req, res);
    else refuse(409, 'That name is taken.', req, res);
  });
  app.post('/through-the-proxy', async (req, res) => {
    await signInAgain(req);
    res.redirect(303, '/');
  });
  app.post('/logout', async (req, res) => {
    if (req.session.localId === undefined) await signOut(req);
    // Whom the proxy names is signed in again by the next request: this was the password's session.
    else await renew(req.session);
    res.redirect(303, '/login');
  });
  return app;
}

/** Begins a session: with another id and nothing in it, since what was planted before somebody signs in is not theirs. */
async function begin(account: Account, req: Request, res: Response): Promise<void> {
  await renew(req.session);
  req.session.localId = account.id;
  res.redirect(303, '/');
}

function refuse(status: number, fault: string, req: Request, res: Response): void {
  res.status(status).send(loginPage(req.identity?.user, fault));
}

const form = express.urlencoded({ extended: false, limit: '4kb' });

function renew(old: session.Session): Promise<void> {
  return new Promise((resolve, reject) => {
    old.regenerate((error) => (error ? reject(error) : resolve()));
  });
}

/** People go to the sign-in page, and programs are told. */
const requireAccount: RequestHandler = (req, res, next) => {
  if (req.user) next();
  else if (req.accepts('html', 'json') === 'html') res.redirect('/login');
  else res.sendStatus(401);
};

/** Another site's page may not send our forms, nor sign somebody in as somebody else. */
const ownPagesOnly: RequestHandler = (req, res, next) => {
  const site = req.get('sec-fetch-site');
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  if (req.method === 'GET' || req.method === 'HEAD' || isOwn) next();
  else res.sendStatus(403);
};

/** A field that comes twice, or is too long to be one, is none. */
function fieldsOf(body: unknown): { readonly name: string; readonly password: string } {
  const fields = new Map<string, unknown>(Object.entries(Object(body)));
  const textOf = (key: string) => {
    const text = fields.get(key);
    return typeof text === 'string' && text.length <= 256 ? text : '';
  };
  return { name: textOf('name'), password: textOf('password') };
}
