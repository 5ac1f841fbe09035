import { trimOws } from '@trusted-header/core';
import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { authzRoutes } from '../authz/authz-routes.js';
import type { Authority } from '../authz/judge-visitor.js';
import { loopbackHost, parseLoopbackUrl, WRONG_HOST } from '../loopback.js';
import type { DevUser } from '../options.js';
import { faultOf } from '../session/identity-headers.js';
import { type Html, PAGE_HEADERS } from './page.js';
import { signInPage } from './sign-in-page.js';
import { signOutPage } from './sign-out-page.js';

/** What the portal is made from. */
export interface PortalSettings extends Authority {
  readonly portalPort: () => number;
}

/**
 * Makes the portal: the sign-in and sign-out pages, Authelia's `POST /api/firstfactor` and `POST /api/logout`, and its
 * authz endpoints.
 *
 * Refuses cross-site posts, host names that are not this machine's, and to send anybody to another machine.
 */
export function createPortal({ portalPort, ...authority }: PortalSettings): Hono {
  const { users, sessions } = authority;
  const app = new Hono();
  app.use((c, next) => {
    if (loopbackHost(c.req.header('host')) === undefined)
      return Promise.resolve(c.text(WRONG_HOST, 421));
    return next();
  });
  app.route('/api', authzRoutes(authority, portalPort));
  app.use(csrf());

  app.get('/', async (c) => {
    const current = await sessions.read(c.req.header('cookie'));
    return show(c, signInPage({ users, current, returnTo: safeReturn(c.req.query('rd')) }));
  });

  app.post('/', async (c) => {
    const form = await c.req.parseBody();
    const returnTo = safeReturn(textOf(form['rd']));
    const picked = users.find(({ user }) => user === form['pick']);
    const typed = picked ?? userFrom(form);
    const error = faultOf(typed);
    if (error !== undefined) {
      const current = await sessions.read(c.req.header('cookie'));
      return show(c, signInPage({ users, current, returnTo, error, typed }), 422);
    }
    c.header('set-cookie', await sessions.start(typed));
    return c.redirect(returnTo === '' ? '/' : returnTo, 303);
  });

  app.get('/logout', async (c) => {
    const current = await sessions.read(c.req.header('cookie'));
    return show(c, signOutPage(current, safeReturn(c.req.query('rd'))));
  });

  app.post('/logout', async (c) => {
    const returnTo = safeReturn(textOf((await c.req.parseBody())['rd']));
    c.header('set-cookie', sessions.end());
    return c.redirect(returnTo === '' ? '/logout' : returnTo, 303);
  });

  app.post('/api/firstfactor', async (c) => {
    const { username, password, targetURL } = textsOf(await c.req.json().catch(() => undefined));
    const user = users.find((one) => one.user === username);
    if (!user || user.password === undefined || user.password !== password) {
      return c.json(
        { status: 'KO', message: 'Authentication failed. Check your credentials.' },
        401,
      );
    }
    c.header('set-cookie', await sessions.start(user));
    const redirect = safeReturn(targetURL);
    return c.json({ status: 'OK', ...(redirect !== '' && { data: { redirect } }) });
  });

  app.post('/api/logout', async (c) => {
    const { targetURL } = textsOf(await c.req.json().catch(() => undefined));
    const safeTargetURL = safeReturn(targetURL) !== '';
    c.header('set-cookie', sessions.end());
    return c.json({ status: 'OK', data: { safeTargetURL } });
  });

  app.notFound((c) => c.text('404 Not Found\n', 404));
  app.onError((error, c) =>
    error instanceof HTTPException
      ? error.getResponse()
      : c.text('500 Internal Server Error\n', 500),
  );
  return app;
}

function show(c: Context, page: Html, status: 200 | 422 = 200): Response | Promise<Response> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
  return c.html(page, status);
}

/** Gives where to go on to, if it is on this machine; else nothing, so that nobody is sent elsewhere from here. */
function safeReturn(target: string | undefined): string {
  const url = parseLoopbackUrl(target);
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : '';
}

/** The texts of a JSON object, and nothing of what is none. */
function textsOf(body: unknown): Readonly<Record<string, string>> {
  const isText = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === 'string';
  return Object.fromEntries(Object.entries(Object(body)).filter(isText));
}

function userFrom(form: Readonly<Record<string, unknown>>): DevUser {
  const [user, groups, name, email] = ['user', 'groups', 'name', 'email'].map((key) =>
    trimOws(textOf(form[key]) ?? ''),
  );
  return {
    user: user ?? '',
    groups: splitGroups(groups ?? ''),
    ...(name && { name }),
    ...(email && { email }),
  };
}

function splitGroups(groups: string): readonly string[] {
  return groups
    .split(',')
    .map(trimOws)
    .filter((group) => group !== '');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
