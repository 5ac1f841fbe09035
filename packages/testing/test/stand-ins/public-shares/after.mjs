// A file server: Koa, koa-session, public shares; people sign in by a link, by Basic, or by the proxy.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { koaSession, signIn, signOut, trustedHeader } from '@trusted-header/koa';
import Koa from 'koa';
import session from 'koa-session';

const trustedProxies = process.env.TRUSTED_PROXIES;

const digest = (text) => createHash('sha256').update(text).digest();
const accounts = new Map();
for (const username of ['alice', 'bob', 'carol']) {
  accounts.set(username, { username, password: digest(`password of ${username}`) });
}
const files = new Map([
  ['/pub/readme.txt', { text: 'for everybody', who: () => true }],
  ['/home/plan.txt', { text: 'for those with an account', who: (username) => username }],
]);

const app = new Koa();
app.use(trustedHeader({ trustedProxies, optional: true, anonymous: 'allow', open: ['/pub/*'] }));
app.keys = [randomBytes(32).toString('hex')];
app.use(session({ key: 'files', maxAge: 24 * 60 * 60 * 1000 }, app));

/** Checks `username:password`. */
function checkPassword(credentials) {
  const colon = credentials.indexOf(':');
  const account = accounts.get(credentials.slice(0, colon));
  const password = digest(credentials.slice(colon + 1));
  return account && timingSafeEqual(account.password, password) ? account.username : undefined;
}

/** Basic, as WebDAV clients send it: with each request, and without a session. */
function basicLogin(ctx) {
  const [, credentials] = /^Basic (.+)$/.exec(ctx.get('authorization')) ?? [];
  return credentials && checkPassword(Buffer.from(credentials, 'base64').toString());
}

/** A link that signs in: `?login=username:password`. */
function urlLogin(ctx) {
  const username = ctx.query.login && checkPassword(ctx.query.login);
  if (username) ctx.session.username = username;
  return username;
}

const find = ({ user }) => accounts.get(user) ?? null;
const otherLogin = (ctx) => Boolean(urlLogin(ctx) || ctx.session.username || basicLogin(ctx));
app.use(signIn({ find, otherLogin, session: koaSession }));

app.use(async (ctx, next) => {
  const { username } = ctx.state.user ?? {};
  ctx.state.username = username || urlLogin(ctx) || ctx.session.username || basicLogin(ctx);
  await next();
});

app.use(async (ctx, next) => {
  if (ctx.path === '/~/logout') {
    await signOut(ctx);
    ctx.status = 204;
  } else if (ctx.path === '/~/whoami') {
    ctx.body = { username: ctx.state.username };
  } else {
    await next();
  }
});

app.use((ctx) => {
  const file = files.get(ctx.path);
  if (!file) return;
  if (file.who(ctx.state.username)) {
    ctx.body = file.text;
    return;
  }
  ctx.status = 401;
  ctx.set('WWW-Authenticate', 'Basic realm="files"');
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listens on ${server.address().port}`);
});
