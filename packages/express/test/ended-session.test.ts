import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import session, { MemoryStore } from 'express-session';
import { expressSession, signIn, signOut, trustedHeader } from '../src/index.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
});

/** A store that cannot be read for a while. */
class Failing extends MemoryStore {
  isDown = false;

  override get(id: string, done: Parameters<MemoryStore['get']>[1]): void {
    if (this.isDown) done(new Error('the store is down'));
    else super.get(id, done);
  }
}

/** An application whose handler of `/out` ends the session in a way of its own, and signs out. */
async function start(end: (req: express.Request) => unknown = () => undefined) {
  const store = new Failing();
  const app = express();
  app.use(trustedHeader({ trustedProxies: '127.0.0.1', anonymous: 'allow', log: false }));
  app.use(session({ secret: 'a secret', resave: false, saveUninitialized: false, store }));
  const goOn: express.ErrorRequestHandler = (_error, _req, _res, next) => next();
  app.use(goOn);
  app.use(
    signIn({
      find: ({ user }) => ({ name: user }),
      session: expressSession,
      onMissing: 'keep',
      log: false,
    }),
  );
  app.post('/out', async (req, res) => {
    await end(req);
    await signOut(req);
    res.json(null);
  });
  app.get('/', (req, res) => {
    res.json(req.user ?? null);
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  let cookie = '';
  const ask = async (user: string | undefined, path = '/', given = cookie) => {
    const response = await fetch(url + path, {
      method: path === '/out' ? 'POST' : 'GET',
      headers: { cookie: given, ...(user && { 'remote-user': user }) },
    });
    const [line] = response.headers.getSetCookie();
    if (line) [cookie = ''] = line.split(';');
    return [response.status, response.ok ? await response.json() : undefined];
  };
  return { ask, store, cookie: () => cookie };
}

const ALICE = [200, { name: 'alice' }];
const NOBODY = [200, null];

describe('a session that the application has ended by itself', () => {
  it.each<[string, (req: express.Request) => unknown]>([
    ['destroy()', (req) => new Promise((resolve) => void req.session.destroy(resolve))],
    ['req.session = null', (req) => Reflect.set(req, 'session', null)],
    ['delete req.session', (req) => Reflect.deleteProperty(req, 'session')],
  ])('is dead, and signed out of, after %s', async (_how, end) => {
    const { ask, cookie } = await start(end);
    expect(await ask('alice')).toEqual(ALICE);
    const old = cookie();
    expect(await ask(undefined, '/', old)).toEqual(ALICE);
    expect(await ask('alice', '/out')).toEqual(NOBODY);
    expect(await ask('alice')).toEqual(NOBODY);
    expect(await ask(undefined, '/', old)).toEqual(NOBODY);
  });

  it('is not one that could not be read: nobody is signed in again', async () => {
    const { ask, store } = await start();
    await ask('alice');
    await ask('alice', '/out');
    store.isDown = true;
    expect(await ask('alice')).toEqual([503, undefined]);
    store.isDown = false;
    expect(await ask('alice')).toEqual(NOBODY);
  });
});
