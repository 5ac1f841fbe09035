// Koa, koa-session, files for everybody and others; people sign in by a link, by Basic, or by the proxy.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import Koa from 'koa';
import session from 'koa-session';

const proxies = (process.env.TRUSTED_PROXIES ?? '').split(',');

const digest = (text) => createHash('sha256').update(text).digest();
const accounts = new Map();
for (const name of ['alice', 'bob', 'carol']) {
  accounts.set(name, { name, password: digest(`password of ${name}`) });
}
const files = new Map([
  ['/pub/readme.txt', { text: 'for everybody', who: () => true }],
  ['/home/plan.txt', { text: 'for those with an account', who: (name) => name }],
]);

const app = new Koa();
app.keys = [randomBytes(32).toString('hex')];
app.use(session({ key: 'files', maxAge: 24 * 60 * 60 * 1000 }, app));

/** Checks `name:password`. */
function checkPassword(credentials) {
  const colon = credentials.indexOf(':');
  const account = accounts.get(credentials.slice(0, colon));
  const password = digest(credentials.slice(colon + 1));
  return account && timingSafeEqual(account.password, password) ? account.name : undefined;
}

/** Basic, as WebDAV clients send it: with each request, and without a session. */
function basicLogin(ctx) {
  const [, credentials] = /^Basic (.+)$/.exec(ctx.get('authorization')) ?? [];
  return credentials && checkPassword(Buffer.from(credentials, 'base64').toString());
}

/** A link that signs in: `?credentials=name:password`. */
function urlLogin(ctx) {
  const name = ctx.query.credentials && checkPassword(ctx.query.credentials);
  if (name) ctx.session.name = name;
  return name;
}

/** Whom the proxy names. */
function headerLogin(ctx) {
  const name = ctx.get('remote-user');
  if (!proxies.includes(ctx.req.socket.remoteAddress) || !accounts.has(name)) return undefined;
  ctx.session.name = name;
  return name;
}

app.use(async (ctx, next) => {
  const name = headerLogin(ctx) || urlLogin(ctx) || ctx.session.name || basicLogin(ctx);
  ctx.state.name = name;
  await next();
});

app.use(async (ctx, next) => {
  if (ctx.path === '/sign-out') {
    ctx.session = null;
    ctx.status = 204;
  } else if (ctx.path === '/me') {
    ctx.body = { name: ctx.state.name };
  } else {
    await next();
  }
});

app.use((ctx) => {
  const file = files.get(ctx.path);
  if (!file) return;
  if (file.who(ctx.state.name)) {
    ctx.body = file.text;
    return;
  }
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Basic realm="files"');
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listens on ${server.address().port}`);
});
