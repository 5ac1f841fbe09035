import { afterEach, describe, expect, it } from '@jest/globals';
import { trustedHeader } from '@trusted-header/express';
import express, { type ErrorRequestHandler } from 'express';
import expressSession from 'express-session';
import passport from 'passport';
import { TrustedHeaderStrategy } from '../src/index.js';
import { createBrowser } from './browser.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

type Method = 'set' | 'destroy';
type Failing = (method: Method, session?: object) => boolean;

/** An application whose store fails when it is told to, with a page of errors that shows what there is. */
async function start() {
  const asked: string[] = [];
  let isFailing: Failing = () => false;
  class Store extends expressSession.MemoryStore {
    override set(...[id, session, done]: Parameters<expressSession.MemoryStore['set']>) {
      if (isFailing('set', session)) done?.(new Error('no connection'));
      else super.set(id, session, done);
    }
    override destroy(...[id, done]: Parameters<expressSession.MemoryStore['destroy']>) {
      if (isFailing('destroy')) done?.(new Error('no connection'));
      else super.destroy(id, done);
    }
  }
  const instance = new passport.Passport();
  instance.use(
    new TrustedHeaderStrategy(({ user }, done) => {
      asked.push(user);
      done(null, { name: user });
    }),
  );
  instance.serializeUser((user, done) => done(null, user));
  instance.deserializeUser((user: object, done) => done(null, user));
  const app = express();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', log: false }));
  const secret = 'a secret of these tests';
  const store = new Store();
  app.use(expressSession({ secret, store, resave: false, saveUninitialized: false }));
  app.use(instance.session());
  app.use(instance.authenticate('trusted-header'));
  app.get('/', (req, res) => {
    Reflect.set(req.session, 'note', 'of alice');
    res.json(['let on', req.user]);
  });
  const errorPage: ErrorRequestHandler = (_error, req, res, _next) => {
    const note: unknown = Reflect.get(req.session, 'note');
    res.status(500).json(['error', req.user ?? null, note ?? null]);
  };
  app.use(errorPage);
  const server = app.listen(0, '127.0.0.1');
  closers.push(() => new Promise((done) => server.close(done)));
  await new Promise((done) => server.once('listening', done));
  const address = server.address();
  return {
    browser: createBrowser(typeof address === 'object' && address !== null ? address.port : 0),
    asked,
    failWhen(failing: Failing) {
      isFailing = failing;
    },
  };
}

describe('where the store fails', () => {
  it.each<[string, Failing]>([
    ['save', (method) => method === 'set'],
    ['destroy', (method) => method === 'destroy'],
  ])('lets nobody on, and shows nothing of alice’s: %s', async (_what, failing) => {
    const { browser, asked, failWhen } = await start();
    expect((await browser.visit('/', { user: 'alice' })).status).toBe(200);
    failWhen(failing);
    const { status, body } = await browser.visit('/', { user: 'bob' });
    expect([status, body]).toEqual([500, ['error', null, null]]);
    // Not before her session has ended.
    expect(asked).toEqual(['alice']);
    failWhen(() => false);
    expect((await browser.visit('/', { user: 'bob' })).body).toEqual(['let on', { name: 'bob' }]);
  });

  it('lets nobody on whose session could not be bound', async () => {
    const { browser, failWhen } = await start();
    failWhen((method, session = {}) => method === 'set' && 'trustedHeader' in session);
    const { status, body } = await browser.visit('/', { user: 'alice' });
    expect([status, body]).toEqual([500, ['error', null, null]]);
  });
});
