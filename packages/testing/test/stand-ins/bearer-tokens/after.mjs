// A budget's sync server: Express, tokens in SQLite that clients send in a header of their own.
import { randomUUID, scryptSync, timingSafeEqual } from 'node:crypto';
import { trustedHeader } from '@trusted-header/express';
import { bindIdentity, stillBound } from '@trusted-header/login';
import Database from 'better-sqlite3';
import express from 'express';

const trustedProxies = process.env.TRUSTED_PROXIES;

const db = new Database(process.env.DATABASE ?? ':memory:');
db.exec(`
  CREATE TABLE IF NOT EXISTS users (
    id INTEGER PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    password BLOB
  );
  CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users,
    proxy TEXT,
    expires_at INTEGER NOT NULL
  );
`);
const hashOf = (password) => scryptSync(password, 'salt', 32);
const addUser = db.prepare('INSERT OR IGNORE INTO users (user_name, password) VALUES (?, ?)');
addUser.run('carol', hashOf('password of carol'));

const findUser = db.prepare('SELECT * FROM users WHERE user_name = ?');
const addSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)');
const findSession = db.prepare(`
  SELECT sessions.*, users.user_name FROM sessions JOIN users ON users.id = sessions.user_id
  WHERE token = ? AND expires_at > ?
`);
const removeSession = db.prepare('DELETE FROM sessions WHERE token = ?');

const DAY_MS = 24 * 60 * 60 * 1000;

function startSession(user, identity) {
  const token = randomUUID();
  const proxy = identity ? JSON.stringify(bindIdentity(identity)) : null;
  addSession.run(token, user.id, proxy, Date.now() + DAY_MS);
  return token;
}

const app = express();
app.use(trustedHeader({ trustedProxies, optional: true, anonymous: 'allow' }));
app.use(express.json());

app.get('/info', (_req, res) => {
  res.json({ build: { name: 'sync-server', version: '1.0.0' } });
});

/** Signs in by a password, or whom the proxy names. */
app.post('/account/login', (req, res) => {
  const { loginMethod, userName, password = '' } = req.body;
  let user;
  if (loginMethod === 'header') {
    const name = req.identity?.user;
    if (name) {
      addUser.run(name, null);
      user = findUser.get(name);
    }
  } else {
    const found = findUser.get(userName);
    const isRight = found?.password && timingSafeEqual(found.password, hashOf(password));
    if (isRight) user = found;
  }
  if (!user) return res.status(400).json({ status: 'error', reason: 'invalid-login' });
  const identity = loginMethod === 'header' ? req.identity : undefined;
  res.json({ status: 'ok', data: { token: startSession(user, identity) } });
});

/** Everything below is for users. */
app.use((req, res, next) => {
  const session = findSession.get(req.get('x-sync-token') ?? '', Date.now());
  const isBound = !session?.proxy || stillBound(JSON.parse(session.proxy), req.decision);
  if (!session || !isBound) {
    return res.status(401).json({ status: 'error', reason: 'token-not-found' });
  }
  req.syncSession = session;
  next();
});

app.get('/account/validate', (req, res) => {
  res.json({ status: 'ok', data: { userName: req.syncSession.user_name } });
});

app.post('/account/logout', (req, res) => {
  removeSession.run(req.syncSession.token);
  res.json({ status: 'ok' });
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listens on ${server.address().port}`);
});
