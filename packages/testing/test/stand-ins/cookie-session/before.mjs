// Express, a session behind a cookie, a CSRF token in it, and passwords.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import express from 'express';
import session from 'express-session';

const proxies = (process.env.TRUSTED_PROXIES ?? '').split(',');

const users = new Map();
for (const name of ['alice', 'bob', 'carol']) {
  const salt = randomBytes(16);
  users.set(name, { name, salt, hash: scryptSync(`password of ${name}`, salt, 32) });
}

const app = express();
app.use(
  session({
    secret: randomBytes(32).toString('hex'),
    resave: false,
    saveUninitialized: false,
    cookie: { httpOnly: true, sameSite: 'lax', maxAge: 24 * 60 * 60 * 1000 },
  }),
);
app.use(express.json());

// Signs in whom the proxy names.
app.use((req, _res, next) => {
  const name = req.headers['remote-user'];
  if (!req.session.name && proxies.includes(req.socket.remoteAddress) && users.has(name)) {
    req.session.name = name;
  }
  next();
});

app.use((req, _res, next) => {
  req.user = users.get(req.session.name);
  next();
});

// What changes anything needs the session's token.
app.get('/csrf-token', (req, res) => {
  req.session.csrfToken ??= randomBytes(16).toString('hex');
  res.json({ token: req.session.csrfToken });
});
app.use((req, res, next) => {
  const token = req.session.csrfToken;
  const isSafe = req.method === 'GET' || req.method === 'HEAD';
  if (isSafe || (token && req.headers['x-csrf-token'] === token)) next();
  else res.sendStatus(403);
});

app.get('/public/theme.css', (_req, res) => {
  res.type('css').send('body { color: #333 }');
});

app.post('/sign-in', (req, res) => {
  const { name, password = '' } = req.body;
  const user = users.get(name);
  const isRight = user && timingSafeEqual(scryptSync(password, user.salt, 32), user.hash);
  if (!isRight) return res.sendStatus(403);
  req.session.regenerate(() => {
    req.session.name = name;
    res.json({ name });
  });
});

app.post('/sign-out', (req, res) => {
  req.session.destroy(() => res.sendStatus(204));
});

// Everything below is for users.
app.use((req, res, next) => {
  if (req.user) next();
  else res.redirect('/sign-in');
});

app.get('/me', (req, res) => {
  res.json({ name: req.user.name, csrfToken: req.session.csrfToken });
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listens on ${server.address().port}`);
});
