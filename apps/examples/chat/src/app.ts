import { createServer, type Server } from 'node:http';
import { createAuthenticator } from '@trusted-header/core';
import {
  expressSession,
  requireUser,
  signIn,
  signOut,
  trustedHeader,
} from '@trusted-header/express';
import { guardServer } from '@trusted-header/node';
import express, { type RequestHandler } from 'express';
import session from 'express-session';
import { openChat } from './chat.js';
import { chatPage, script } from './page.js';

export interface Settings {
  readonly trustedProxies: string | undefined;
  readonly sessionSecret: string;
  /** How long a session, and each socket in it, lives after the last request that the proxy has let through. */
  readonly idleMs?: number;
}

/** Makes the chat's server, which does not listen yet. */
export function createChat({ trustedProxies, sessionSecret, idleMs = 60_000 }: Settings): Server {
  const authenticator = createAuthenticator({ trustedProxies });
  const store = new session.MemoryStore();
  const sessions = session({
    name: 'chat',
    secret: sessionSecret,
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    proxy: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: 'auto', maxAge: idleMs },
  });

  const app = express();
  const server = createServer(app);
  // Before anything else is at the server: socket.io takes its requests before Express sees one.
  guardServer(server, { authenticator, handler: app });
  const chat = openChat(server, { sessions, store });

  app.use(trustedHeader({ authenticator, sameOrigin: 'unsafe' }));
  app.use(sessions);
  app.use((req, res, next) => {
    res.locals['cameWith'] = req.sessionID;
    next();
  });
  app.use(signIn({ find: ({ user }) => ({ name: user }), session: expressSession }));
  // Who signs out, or is somebody else by now, loses the sockets of the session that is over, before anything is answered.
  const endOld: RequestHandler = (req, res, next) => {
    const { cameWith } = res.locals;
    if (req.sessionID !== cameWith) chat.endSession(cameWith);
    next();
  };
  app.use(endOld);

  app.get('/', requireUser(), (_req, res) => {
    res.send(chatPage(idleMs / 3));
  });
  app.get('/chat.js', (_req, res) => {
    res.type('text/javascript').send(script);
  });
  // The page asks now and then: while the proxy lets that through, the session lives, and its sockets with it.
  app.get('/alive', requireUser(), (_req, res) => {
    res.sendStatus(204);
  });
  app.post(
    '/sign-out',
    (req, _res, next) => void signOut(req).then(next, next),
    endOld,
    (_req, res) => {
      res.send('<!doctype html><title>Signed out</title><h1>You are signed out</h1>');
    },
  );
  return server;
}
