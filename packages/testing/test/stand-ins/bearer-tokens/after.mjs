// Express, and tokens in SQLite, which programs send in a header of the application's own.
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
    name TEXT NOT NULL UNIQUE,
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
const addUser = db.prepare('INSERT OR IGNORE INTO users (name, password) VALUES (?, ?)');
addUser.run('carol', hashOf('password of carol'));

const findUser = db.prepare('SELECT * FROM users WHERE name = ?');
const addSession = db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)');
const findSession = db.prepare(`
  SELECT sessions.*, users.name FROM sessions JOIN users ON users.id = sessions.user_id
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

app.get('/version', (_req, res) => {
  res.json({ version: '1.0.0' });
});

/** Signs in by a password, or whom the proxy names. */
app.post('/tokens', (req, res) => {
  const { by, name, password = '' } = req.body;
  let user;
  if (by === 'proxy') {
    const name = req.identity?.user;
    if (name) {
      addUser.run(name, null);
      user = findUser.get(name);
    }
  } else {
    const found = findUser.get(name);
    const isRight = found?.password && timingSafeEqual(found.password, hashOf(password));
    if (isRight) user = found;
  }
  if (!user) return res.status(400).json({ error: 'not signed in' });
  const identity = by === 'proxy' ? req.identity : undefined;
  res.json({ token: startSession(user, identity) });
});

/** Everything below is for users. */
app.use((req, res, next) => {
  const session = findSession.get(req.get('x-token') ?? '', Date.now());
  const isBound = !session?.proxy || stillBound(JSON.parse(session.proxy), req.decision);
  if (!session || !isBound) {
    return res.status(401).json({ error: 'no such token' });
  }
  req.session = session;
  next();
});

app.get('/me', (req, res) => {
  res.json({ name: req.session.name });
});

app.post('/tokens/forget', (req, res) => {
  removeSession.run(req.session.token);
  res.json({});
});

const server = app.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listens on ${server.address().port}`);
});
