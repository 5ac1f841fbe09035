import { type SessionEnv, useSession, useSessionStorage } from '@hono/session';
import { describe, expect, it } from '@jest/globals';
import { factsFromFetch } from '@trusted-header/core';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { MemoryStore, sessionMiddleware } from 'hono-sessions';
import { honoSession, honoSessions, signIn, trustedHeader } from '../src/index.js';

const secret = 'a secret of this test and of nobody else';

/** What one request waits for, and another opens. */
function createGate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** An application that is asked directly, by the proxy's address. */
function createApp(sessions: readonly MiddlewareHandler[], session: typeof honoSession) {
  const app = new Hono<SessionEnv>();
  app.use(
    trustedHeader({
      trustedProxies: '10.0.0.7',
      anonymous: 'allow',
      log: false,
      facts: (c) => factsFromFetch(c.req.raw.headers, '10.0.0.7'),
    }),
  );
  for (const each of sessions) app.use(each);
  app.use(signIn({ find: ({ user }) => ({ name: user }), session }));
  const ask = async (path: string, user: string | undefined, cookie = '') => {
    const headers = { ...(user && { 'Remote-User': user }), cookie };
    const response = await app.request(path, { headers });
    const sent = (response.headers.get('set-cookie') ?? '').split(', ').at(-1) ?? '';
    return { text: await response.text(), cookie: sent.split(';')[0] ?? '' };
  };
  return { app, ask };
}

describe('two requests at once with the same cookie', () => {
  it('do not share the data of hono-sessions, whose MemoryStore gives both the same object', async () => {
    const { app, ask } = createApp(
      [sessionMiddleware({ store: new MemoryStore(), encryptionKey: secret })],
      honoSessions,
    );
    const [arrived, switched] = [createGate(), createGate()];
    const bag = (c: Context) => c.get('session');
    app.get('/slow', async (c) => {
      arrived.open();
      await switched.opened;
      const { user } = bag(c).get('trustedHeader');
      bag(c).set('note', 'of alice');
      return c.text(`${user}`);
    });
    app.get('/', (c) => c.text(`${bag(c).get('note')}`));
    const { cookie } = await ask('/', 'alice');
    const slow = ask('/slow', 'alice', cookie);
    await arrived.opened;
    const next = await ask('/', 'bob', cookie);
    switched.open();
    // Alice's request has alice's session to its end, and bob has nothing of hers.
    expect((await slow).text).toBe('alice');
    expect([next.text, (await ask('/', 'bob', next.cookie)).text]).toEqual(['null', 'null']);
  });

  it('see what was compared of @hono/session, which reads its storage again at each get', async () => {
    const stored = new Map<string, unknown>();
    const storage = {
      get: (id: string) => structuredClone(stored.get(id)) ?? null,
      set: (id: string, data: unknown) => void stored.set(id, structuredClone(data)),
      delete: (id: string) => void stored.delete(id),
    };
    const { app, ask } = createApp(
      [useSessionStorage(storage), useSession({ secret })],
      honoSession,
    );
    app.get('/', async (c) => {
      await c.var.session.update({ ...(await c.var.session.get()), note: 'of alice' });
      return c.text('');
    });
    app.get('/slow', async (c) => {
      // Another request of alice's saves her session only now.
      for (const [id, data] of saved) stored.set(id, data);
      return c.json([c.var.user ?? null, await c.var.session.get()]);
    });
    const { cookie } = await ask('/', 'alice');
    const saved = [...stored];
    expect(JSON.stringify(saved)).toContain('of alice');
    stored.clear();
    expect((await ask('/slow', undefined, cookie)).text).toBe('[null,null]');
  });
});
