import { keptDecision } from '@trusted-header/core';
import {
  createLogin,
  type LoginOptions,
  type RegisteredRole,
  type RegisteredUser,
} from '@trusted-header/login';
import { shapeOf } from '@trusted-header/node';
import type { Request, RequestHandler } from 'express';
import { answerRefusal } from './answer-refusal.js';
import { letThrough } from './show.js';

/** What {@link signIn} takes: how users are found, the session library, roles. */
export type SignInOptions = LoginOptions<Request, RegisteredUser, RegisteredRole>;

/**
 * Signs in whom the proxy names: finds or creates the application's user, and follows the proxy with the session (P2, P5).
 *
 * Put it behind `trustedHeader` and behind the session middleware. Handlers read `req.user`; it is undefined where nobody is signed
 * in, which `anonymous: 'allow'`, an `open` path, a sign-out or another login can be the reason of. Answers 403 `user-unknown` where
 * `find` and `create` give `null`, and 503 where they fail.
 *
 * @throws {ConfigError} `option-invalid`, at construction.
 *
 * @example
 * ```ts
 * import { expressSession, signIn, trustedHeader } from '@trusted-header/express';
 * import express from 'express';
 * import session from 'express-session';
 *
 * const { SESSION_SECRET } = process.env;
 * if (!SESSION_SECRET) throw new Error('SESSION_SECRET is not set');
 * const app = express();
 * app.use(trustedHeader({ trustedProxies: process.env.TRUSTED_PROXIES }));
 * app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));
 * app.use(signIn({ find: ({ user }) => ({ name: user }), session: expressSession }));
 * ```
 */
export function signIn(options: SignInOptions): RequestHandler {
  const login = createLogin(options);
  return function signIn(req, res, next) {
    const decision = keptDecision(req);
    if (!decision) {
      throw new Error('signIn() found no decision: call app.use(trustedHeader(…)) before it');
    }
    login
      .follow(req, { holder: req, decision, shape: shapeOf(req) })
      .then(({ user, refusal, isOthers }) => {
        if (!isOthers) req.user = user;
        if (refusal) answerRefusal(refusal, req, res, next);
        else letThrough(req, next);
      })
      .catch(next);
  };
}
