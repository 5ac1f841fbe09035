import Router from '@koa/router';
import {
  type AppSettings,
  adminPage,
  homePage,
  pageHeaders,
  publicPage,
  type View,
  viewOf,
} from '@trusted-header/app-ui';
import { requireIdentity, trustedHeader } from '@trusted-header/koa';
import Koa, { type Context } from 'koa';

/** The example app. Routes above the second `trustedHeader` say themselves whom they let in; all others ask for a user. */
export function createApp({ trustedProxies, ...links }: AppSettings): Koa {
  const app = new Koa();
  const openRouter = new Router();
  const router = new Router();
  const view = (ctx: Context): View => viewOf('Koa', ctx.state.decision, links);

  app.use(async (ctx, next) => {
    ctx.set(pageHeaders);
    await next();
  });

  openRouter.get('/public', trustedHeader({ trustedProxies, anonymous: 'allow' }), async (ctx) => {
    ctx.body = await publicPage(view(ctx));
  });
  app.use(openRouter.routes());

  app.use(trustedHeader({ trustedProxies }));

  router.get('/', async (ctx) => {
    ctx.body = await homePage(view(ctx));
  });

  router.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), async (ctx) => {
    ctx.body = await adminPage(view(ctx));
  });

  router.get('/whoami', (ctx) => {
    ctx.body = { decision: ctx.state.decision.kind, identity: ctx.state.identity };
  });
  app.use(router.routes());

  return app;
}
