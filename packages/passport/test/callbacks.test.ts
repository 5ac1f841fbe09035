import { afterEach, expect, it } from '@jest/globals';
import { trustedHeader } from '@trusted-header/express';
import express from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { TrustedHeaderStrategy } from '../src/index.js';
import { createBrowser } from './browser.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** An application that answers Passport itself, and signs in itself. */
async function start(userOf: (user: object) => object): Promise<number> {
  const instance = new passport.Passport();
  instance.use(new TrustedHeaderStrategy(({ user }, done) => done(null, { name: user })));
  instance.serializeUser((user, done) => done(null, JSON.stringify(user)));
  const app = express();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', log: false }));
  const secret = 'a secret of these tests';
  app.use(expressSession({ secret, resave: false, saveUninitialized: false }));
  app.use((req, res, next) => {
    const answer = (error: unknown, user?: object | false | null) => {
      if (error || !user) res.status(401).json(['nobody']);
      else req.logIn(userOf(user), (failed) => (failed ? next(failed) : next()));
    };
    instance.authenticate('trusted-header', answer)(req, res, next);
  });
  app.get('/', (req, res) => void res.json([req.user, req.sessionID]));
  const server = app.listen(0, '127.0.0.1');
  closers.push(() => new Promise((done) => server.close(done)));
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('keeps one session also where the application signs in in a callback of its own', async () => {
  const browser = createBrowser(await start((user) => user));
  const first = await browser.visit('/', { user: 'alice' });
  expect(first.body).toEqual([{ name: 'alice' }, expect.any(String)]);
  expect(await browser.visit('/', { user: 'alice' })).toEqual(first);
  expect(await browser.visit('/', { user: 'alice' })).toEqual(first);
  const { body } = await browser.visit('/', { user: 'bob' });
  expect(body).toEqual([{ name: 'bob' }, expect.any(String)]);
  expect(body).not.toEqual([{ name: 'bob' }, sessionIn(first.body)]);
  expect((await browser.visit('/')).body).toEqual(['nobody']);
});

it('leaves to Passport what the application signs in as somebody else', async () => {
  const browser = createBrowser(await start(() => ({ name: 'root' })));
  const first = await browser.visit('/', { user: 'alice' });
  const second = await browser.visit('/', { user: 'alice' });
  expect(second.body).toEqual([{ name: 'root' }, expect.any(String)]);
  expect(sessionIn(second.body)).not.toBe(sessionIn(first.body));
});

function sessionIn(body: unknown): unknown {
  return Array.isArray(body) ? body[1] : undefined;
}
