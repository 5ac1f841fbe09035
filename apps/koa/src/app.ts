import Router from '@koa/router';
import { type AppData, loginFor, roles } from '@trusted-header/app-data';
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
import { createWebServer, type WebServer } from '@trusted-header/app-ui/start';
import { createAuthenticator } from '@trusted-header/core';
import {
  koaSession,
  requireRole,
  requireUser,
  signIn,
  signInAgain,
  signOut,
  trustedHeader,
} from '@trusted-header/koa';
import { guardServer } from '@trusted-header/node';
import Koa, { type Context } from 'koa';
import { openLiveSockets } from './live-sockets.js';
import { sessionFor } from './session.js';

/** Makes the example app's server, which does not listen yet. */
export function createApp(
  { trustedProxies, proofs, tls, ...links }: AppSettings,
  data: AppData,
): WebServer {
  const app = new Koa();
  const authenticator = createAuthenticator({ trustedProxies, ...proofs });
  const openRouter = new Router();
  const router = new Router();

  app.use(async (ctx, next) => {
    ctx.set(pageHeaders);
    await next();
  });

  app.use(
    trustedHeader({
      authenticator,
      open: ['/healthz', '/public', '/signed-out'],
      sameOrigin: 'unsafe',
    }),
  );

  // What needs nobody stands before the session: it answers while the database is down.
  openRouter.get('/healthz', (ctx) => {
    ctx.body = 'ok';
  });
  openRouter.get('/public', async (ctx) => {
    ctx.body = await publicPage(viewOf('Koa', ctx.state.decision, links));
  });
  openRouter.get('/signed-out', async (ctx) => {
    ctx.body = await signedOutPage(viewOf('Koa', ctx.state.decision, links));
  });
  app.use(openRouter.routes());

  app.use(sessionFor(app, data, links));
  app.use(signIn({ ...loginFor(data.users), session: koaSession }));

  router.get('/', async (ctx) => {
    if (!ctx.state.user) return ctx.redirect('/signed-out');
    ctx.body = await homePage(viewFor(ctx));
  });
  router.get('/admin', requireRole('admin'), async (ctx) => {
    ctx.body = await adminPage(viewFor(ctx));
  });
  router.get('/live', async (ctx) => {
    if (!ctx.state.user) return ctx.redirect('/signed-out');
    ctx.set(livePageHeaders);
    ctx.body = await livePage(viewFor(ctx), 'socket');
  });
  router.get('/whoami', requireUser(), (ctx) => {
    ctx.body = whoami(viewFor(ctx));
  });
  router.post('/sign-out', async (ctx) => {
    await signOut(ctx);
    ctx.status = 303;
    ctx.redirect('/signed-out');
  });
  router.post('/sign-in', async (ctx) => {
    await signInAgain(ctx);
    ctx.status = 303;
    ctx.redirect('/');
  });
  app.use(router.routes());

  const handler = app.callback();
  const server = createWebServer(handler, tls);
  guardServer(server, { authenticator, handler });
  openLiveSockets(server, app, data);
  return server;

  function viewFor(ctx: Context): View {
    return viewOf('Koa', ctx.state.decision, links, accountOf(ctx));
  }
}

function accountOf({ state: { user, identity } }: Context): Account | undefined {
  return user && identity && { ...user, roles: roles.rolesOf(identity) };
}
