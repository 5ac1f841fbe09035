import { upgradeWebSocket } from '@hono/node-server';
import {
  type AppData,
  createLive,
  isDataError,
  isSignedIn,
  type Live,
  loginFor,
  roles,
} from '@trusted-header/app-data';
import {
  type Account,
  type AppSettings,
  adminPage,
  homePage,
  livePage,
  livePageHeaders,
  pageHeaders,
  publicPage,
  signedOutPage,
  type View,
  viewOf,
  whoami,
} from '@trusted-header/app-ui';
import type { WebServer } from '@trusted-header/app-ui/start';
import {
  honoSessions,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '@trusted-header/hono';
import { type Context, Hono } from 'hono';
import { createServerFor } from './create-server-for.js';
import { bindingIn, sessionFor, sessionIdOf } from './session.js';

/** Makes the example app's server, which does not listen yet. */
export function createApp(
  { trustedProxies, proofs, tls, ...links }: AppSettings,
  data: AppData,
): WebServer {
  const app = new Hono();
  const live: Live = createLive(data);
  const view = (c: Context): View => viewOf('Hono', c.var.decision, links, accountOf(c));

  app.onError((error, c) => {
    if (isDataError(error)) return c.text(error.message, 503);
    console.error(error);
    return c.text('Internal Server Error', 500);
  });

  app.use(async (c, next) => {
    setHeaders(c, pageHeaders);
    await next();
  });

  app.use(
    trustedHeader({
      trustedProxies,
      ...proofs,
      open: ['/healthz', '/public', '/signed-out'],
      sameOrigin: 'unsafe',
    }),
  );

  // What needs nobody stands before the session: it answers while the database is down.
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/public', (c) => c.html(publicPage(view(c))));
  app.get('/signed-out', (c) => c.html(signedOutPage(view(c))));

  app.use(sessionFor(data, links));
  app.use(signIn({ ...loginFor(data.users), session: honoSessions }));

  app.get('/', async (c) => (c.var.user ? c.html(homePage(view(c))) : c.redirect('/signed-out')));

  app.get('/admin', requireRole('admin'), (c) => c.html(adminPage(view(c))));

  app.get('/live', async (c) => {
    if (!c.var.user) return c.redirect('/signed-out');
    setHeaders(c, livePageHeaders);
    return c.html(livePage(view(c), 'socket'));
  });

  app.get(
    '/live/socket',
    requireUser(),
    upgradeWebSocket((c) => {
      const { decision, user } = c.var;
      const id = sessionIdOf(c);
      let leave = (): unknown => undefined;
      return {
        onOpen(_event, socket) {
          leave = live.join(socket, {
            name: user?.name ?? '',
            isSignedIn: () => isSignedIn(data.sessions, id, decision, bindingIn),
          });
        },
        onClose: () => leave(),
      };
    }),
  );

  app.get('/whoami', requireUser(), (c) => c.json(whoami(view(c))));

  app.post('/sign-out', async (c) => {
    await signOut(c);
    return c.redirect('/signed-out', 303);
  });

  app.post('/sign-in', async (c) => {
    await signInAgain(c);
    return c.redirect('/', 303);
  });

  const server = createServerFor(app, tls);
  server.once('close', live.close);
  return server;
}

function accountOf({ var: { user, identity } }: Context): Account | undefined {
  return user && identity && { ...user, roles: roles.rolesOf(identity) };
}

function setHeaders(c: Context, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}
