import { createServer } from 'node:http';
import { expressSession, signIn, trustedHeader } from '@trusted-header/express';
import express from 'express';
import expressSessions from 'express-session';
import { type HandMadeUser, isProxy, readUser } from './by-hand.js';
import { LOGIN, OPTIONS, remember, SECRET } from './login.js';
import type { MakeServer } from './middles.js';

declare global {
  namespace Express {
    interface Request {
      handMadeUser?: HandMadeUser;
    }
  }
}

export const makeExpress: MakeServer = async (middle) => {
  const app = express();
  switch (middle) {
    case 'nothing':
      break;
    case 'no-op':
      app.use((_req, _res, next) => next());
      break;
    case 'by hand':
      app.use((req, res, next) => {
        const user = isProxy(req.socket.remoteAddress) && readUser((name) => req.get(name));
        if (!user) {
          res.sendStatus(403);
          return;
        }
        req.handMadeUser = user;
        next();
      });
      break;
    case 'ours':
      app.use(trustedHeader(OPTIONS));
      break;
    case 'session':
      app.use(sessions(), (req, _res, next) => {
        remember(req.session);
        next();
      });
      break;
    case 'signed in':
      app.use(trustedHeader(OPTIONS), sessions());
      app.use(signIn({ ...LOGIN, session: expressSession }));
      break;
  }
  app.get('/', (_req, res) => {
    res.json({ hello: 'world' });
  });
  return createServer(app);
};

function sessions() {
  return expressSessions({ secret: SECRET, resave: false, saveUninitialized: false });
}
