import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { compileAdmission, resolveAdapterOptions } from '@trusted-header/core';
import {
  createLogin,
  keyedSession,
  roleGuard,
  signInAgainTo,
  signOutOf,
  userGuard,
} from '@trusted-header/login';
import { decideRequest, type NodeRequest, sendProblem, shapeOf } from '@trusted-header/node';
import type { LoginSetup, LoginTarget, Visit } from '../src/index.js';

/** What a browser has by its cookie. */
interface Session {
  id: string;
  data: Map<string, unknown>;
}

/** Sessions at the server, by a cookie. */
export type Renew = (sessions: Map<string, Session>, session: Session) => void;

/** Bare `node:http` with sessions in a Map. @param renew How a session is made anew. */
export function sessionToy(name: string, renew: Renew): LoginTarget {
  return { name, createServer: (setup) => createServer(createApplication(setup, renew)) };
}

/** As it should be: another id, and nothing in it. */
export const renewed: Renew = (sessions, session) => {
  sessions.delete(session.id);
  session.id = randomUUID();
  session.data = new Map();
  sessions.set(session.id, session);
};

function createApplication(setup: LoginSetup, renew: Renew) {
  const resolved = resolveAdapterOptions<NodeRequest>(setup.options);
  const admit = compileAdmission(resolved);
  const sessions = new Map<string, Session>();
  const login = createLogin({
    ...setup.signIn,
    session: keyedSession<Session>({
      get: ({ data }, key) => data.get(key),
      set: ({ data }, key, value) => void data.set(key, value),
      renew: (session) => renew(sessions, session),
    }),
    otherLogin: ({ data }) => setup.hasOtherLogin((key) => data.get(key)),
  });
  const requireAdmin = roleGuard('admin');

  return async (req: IncomingMessage, res: ServerResponse) => {
    const decision = decideRequest(req, resolved.authenticator);
    const stopped = admit(decision, shapeOf(req), req);
    if (stopped) return sendProblem(req, res, stopped);
    const session = sessionOf(sessions, req);
    const signedIn = await login.follow(session, { holder: req, decision, shape: shapeOf(req) });
    res.setHeader('set-cookie', `sid=${session.id}`);
    const refusal =
      signedIn.refusal ??
      (req.url === '/admin' ? requireAdmin(req) : undefined) ??
      (req.url === '/mine' ? userGuard(req) : undefined);
    if (refusal) return sendProblem(req, res, refusal);
    const sight = await setup.answer(visitOf(req, session, signedIn.user));
    // The session may have ended in between.
    res.setHeader('set-cookie', `sid=${session.id}`);
    return res.end(JSON.stringify(sight));
  };
}

function sessionOf(sessions: Map<string, Session>, req: IncomingMessage): Session {
  const id = /\bsid=([\w-]+)/.exec(req.headers.cookie ?? '')?.[1] ?? '';
  const known = sessions.get(id);
  // Each request has an object of its own, as with a store elsewhere; the data are shared.
  if (known) return { ...known };
  const made = { id: randomUUID(), data: new Map() };
  sessions.set(made.id, made);
  return { ...made };
}

function visitOf(req: IncomingMessage, session: Session, found: unknown): Visit {
  let user = found;
  return {
    request: `${req.method} ${req.url}`,
    user: () => user,
    get: (key) => session.data.get(key),
    set: (key, value) => session.data.set(key, value),
    endSession: () => session.data.clear(),
    async signOut() {
      await signOutOf(req);
      user = undefined;
    },
    async signInAgain() {
      user = (await signInAgainTo(req)).user;
    },
  };
}

/** What applications write by themselves: whoever has a session is who began it, and a header is believed from everybody. */
export const naiveTarget: LoginTarget = {
  name: 'an application that signs in by itself',
  createServer(setup) {
    const sessions = new Map<string, Session>();
    return createServer(async (req, res) => {
      const session = sessionOf(sessions, req);
      const name = session.data.get('name') ?? req.headers['remote-user'];
      if (name !== undefined) session.data.set('name', name);
      res.setHeader('set-cookie', `sid=${session.id}`);
      const user = name === undefined ? undefined : { name };
      const signOut = async () => void session.data.delete('name');
      const visit = { ...visitOf(req, session, user), signOut };
      res.end(JSON.stringify(await setup.answer(visit)));
    });
  },
};
