import {
  type AppSettings,
  adminPage,
  homePage,
  pageHeaders,
  publicPage,
  type View,
  viewOf,
} from '@trusted-header/app-ui';
import { requireIdentity, trustedHeader } from '@trusted-header/hono';
import { type Context, Hono } from 'hono';

/** The example app. Routes above the second `trustedHeader` say themselves whom they let in; all others ask for a user. */
export function createApp({ trustedProxies, ...links }: AppSettings): Hono {
  const app = new Hono();
  const view = (c: Context): View => viewOf('Hono', c.var.decision, links);

  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(pageHeaders)) c.header(name, value);
    await next();
  });

  app.get('/public', trustedHeader({ trustedProxies, anonymous: 'allow' }), (c) =>
    c.html(publicPage(view(c))),
  );

  app.use(trustedHeader({ trustedProxies }));

  app.get('/', (c) => c.html(homePage(view(c))));

  app.get('/admin', requireIdentity({ groups: { anyOf: ['admin'] } }), (c) =>
    c.html(adminPage(view(c))),
  );

  app.get('/whoami', (c) => c.json({ decision: c.var.decision.kind, identity: c.var.identity }));

  return app;
}
