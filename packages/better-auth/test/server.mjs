// One application in a process of its own: better-auth behind the proxy at 127.0.0.1, on Hono or Express.
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import {
  followDecision,
  missingCookies,
  trustedHeader as plugin,
} from '@trusted-header/better-auth';
import { trustedHeader as forExpress } from '@trusted-header/express';
import { trustedHeader as forHono } from '@trusted-header/hono';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import { bearer } from 'better-auth/plugins/bearer';
import Database from 'better-sqlite3';
import express from 'express';
import { Hono } from 'hono';

const { framework, database, cookieCache } = JSON.parse(process.argv[2]);

const tables = { user: [], session: [], account: [], verification: [] };
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a secret of thirty-two characters',
  database: database === 'sqlite' ? new Database(':memory:') : memoryAdapter(tables),
  emailAndPassword: { enabled: true },
  socialProviders: { github: { clientId: 'client', clientSecret: 'secret' } },
  session: { cookieCache: { enabled: cookieCache } },
  rateLimit: { enabled: false },
  logger: { disabled: true },
  plugins: [plugin(), bearer()],
});
if (database === 'sqlite') await (await getMigrations(auth.options)).runMigrations();

const options = {
  trustedProxies: '127.0.0.1',
  anonymous: 'allow',
  open: ['/open', '/api/auth/get-session'],
  log: false,
};
const isOpen = (path) => options.open.includes(path);
const statusOf = { user: 200, nobody: 200, denied: 403, unavailable: 503 };

/** What a handler finds out, by us and by better-auth, asked with the right headers and with the request's own. */
async function answer(followed, headers) {
  const { adapter } = await auth.$context;
  const asked = await auth.api.getSession({ headers: followed.headers });
  const naively = await auth.api.getSession({ headers });
  return {
    kind: followed.kind,
    code: followed.code,
    user: followed.user?.name,
    asked: asked?.user.name,
    naively: naively?.user.name,
    users: await adapter.count({ model: 'user' }),
    accounts: await adapter.count({ model: 'account' }),
    sessions: await adapter.count({ model: 'session' }),
  };
}

function onHono() {
  const app = new Hono();
  app.use(forHono(options));
  app.use(async (c, next) => {
    const followed = await followDecision(auth, {
      decision: c.var.decision,
      headers: c.req.raw.headers,
      open: isOpen(c.req.path),
    });
    c.set('followed', followed);
    await next();
    const { setCookies } = followed;
    for (const line of missingCookies(setCookies, c.res.headers)) {
      c.header('set-cookie', line, { append: true });
    }
  });
  app.on(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'], '/api/auth/*', (c) =>
    auth.handler(new Request(c.req.raw, { headers: c.var.followed.headers })),
  );
  app.all('*', async (c) =>
    c.json(await answer(c.var.followed, c.req.raw.headers), statusOf[c.var.followed.kind]),
  );
  return getRequestListener(app.fetch);
}

function onExpress() {
  const app = express();
  app.use(forExpress(options));
  app.use(async (req, res, next) => {
    const headers = fromNodeHeaders(req.headers);
    req.own = headers;
    req.followed = await followDecision(auth, {
      decision: req.decision,
      headers,
      open: isOpen(req.path),
    });
    for (const line of req.followed.setCookies) res.append('set-cookie', line);
    // What better-auth's handler reads.
    for (const name of ['cookie', 'authorization']) {
      const value = req.followed.headers.get(name);
      if (value === null) delete req.headers[name];
      else req.headers[name] = value;
    }
    next();
  });
  app.all('/api/auth/{*any}', (req, res) => {
    const handle = toNodeHandler(async (request) => {
      const { headers, status, body } = await auth.handler(request);
      const own = new Headers(headers);
      const { setCookies } = req.followed;
      for (const line of missingCookies(setCookies, headers)) own.append('set-cookie', line);
      return new Response(body, { headers: own, status });
    });
    return handle(req, res);
  });
  app.use(async (req, res) => {
    res.status(statusOf[req.followed.kind]).json(await answer(req.followed, req.own));
  });
  return app;
}

const server = createServer(framework === 'hono' ? onHono() : onExpress());
server.listen(0, '0.0.0.0', () => process.send?.({ port: server.address().port }));
process.on('disconnect', () => process.exit(0));
