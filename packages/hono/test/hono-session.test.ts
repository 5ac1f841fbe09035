import { type SessionEnv, useSession, useSessionStorage } from '@hono/session';
import { describe, expect, it } from '@jest/globals';
import { type Context, Hono } from 'hono';
import { honoSession, honoSessions } from '../src/index.js';

const secret = 'a secret of this test and of nobody else';
const HOLD = { v: 1, user: 'alice', until: 4e12 } as const;
const BINDING = { v: 1, via: 'trusted-header', user: 'bob' } as const;

/** Sends one request with a session that holds alice's note, and gives what the handler made of it, and what is stored. */
async function visit(
  handle: (c: Context, stored: ReadonlyMap<string, unknown>) => Promise<unknown>,
  isLate = false,
) {
  const stored = new Map<string, unknown>();
  const later = async (write: () => unknown): Promise<void> => {
    if (isLate) await new Promise(setImmediate);
    write();
  };
  const app = new Hono<SessionEnv>();
  app.use(
    useSessionStorage({
      get: (id) => structuredClone(stored.get(id)) ?? null,
      set: (id, data) => later(() => stored.set(id, structuredClone(data))),
      delete: (id) => later(() => stored.delete(id)),
    }),
    useSession({ secret }),
  );
  app.get('/before', async (c) => {
    await c.var.session.update({ note: 'of alice' });
    return c.text('');
  });
  app.get('/', async (c) => c.json((await handle(c, stored)) ?? null));
  const first = await app.request('/before');
  const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const response = await app.request('/', { headers: { cookie } });
  const sent = response.headers.get('set-cookie') ?? '';
  return { answer: await response.json(), stored: [...stored.values()], cookie, sent };
}

describe('honoSession, once a session has begun', () => {
  it('gives handlers the new session, by whatever way they read it', async () => {
    const { answer, stored } = await visit(async (c) => {
      await honoSession.start(c, BINDING);
      const { session } = c.var;
      return [await session.get(), session.data, typeof session.id];
    });
    expect(answer).toEqual([{ trustedHeader: BINDING }, { trustedHeader: BINDING }, 'string']);
    expect(stored).toEqual([{ trustedHeader: BINDING }]);
  });

  it('stores what handlers update, and all of it under one new id', async () => {
    const { stored, cookie, sent } = await visit(async (c) => {
      await honoSession.start(c, BINDING);
      await c.var.session.update({ ...(await c.var.session.get()), note: 'of bob' });
      await c.var.session.update((before: object) => ({ ...before, count: 1 }));
    });
    expect(stored).toEqual([{ trustedHeader: BINDING, note: 'of bob', count: 1 }]);
    expect(sent).not.toContain(cookie);
    expect(sent.split('sid=').length).toBe(2);
  });

  it('has stored what is written behind it, by the time that the handler goes on', async () => {
    const { answer } = await visit(async (c, stored) => {
      await honoSession.end(c);
      await honoSession.hold?.(c, HOLD);
      await c.var.session.update((before: object) => ({ ...before, note: 'good-bye' }));
      return [...stored];
    }, true);
    expect(answer).toEqual([[expect.any(String), { trustedHeaderHold: HOLD, note: 'good-bye' }]]);
  });

  it('adds nothing of the old cookie to what handlers write, where the cookie is the session', async () => {
    const app = new Hono<SessionEnv>();
    app.use(useSession({ secret }));
    app.get('/before', async (c) => {
      await c.var.session.update({ note: 'of alice' });
      return c.text('');
    });
    app.get('/', async (c) => {
      await honoSession.read(c);
      await honoSession.start(c, BINDING);
      await c.var.session.update({ count: 1 });
      return c.text('');
    });
    app.get('/after', async (c) => c.json(await c.var.session.get()));
    let cookie = '';
    for (const path of ['/before', '/']) {
      const { headers } = await app.request(path, { headers: { cookie } });
      cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    }
    const after = await app.request('/after', { headers: { cookie } });
    expect(await after.json()).toEqual({ count: 1 });
  });

  it('changes nothing of what handlers write where it has only been read', async () => {
    const { stored } = await visit(async (c) => {
      await honoSession.read(c);
      await c.var.session.update({ count: 1 });
    });
    expect(stored).toStrictEqual([{ count: 1 }]);
  });

  it('lets handlers delete it, and begin it once more', async () => {
    const deleted = await visit(async (c) => {
      await honoSession.start(c, BINDING);
      const { id } = c.var.session;
      c.var.session.delete();
      c.var.session.delete();
      return [await c.var.session.get(), c.var.session.data, c.var.session.id === id];
    });
    expect(deleted).toMatchObject({ answer: [null, null, true], stored: [] });
    const begun = await visit(async (c) => {
      await honoSession.start(c, BINDING);
      c.var.session.delete();
      await c.var.session.update({ note: 'of bob' });
      return c.var.session.get();
    });
    expect(begun).toMatchObject({ answer: { note: 'of bob' }, stored: [{ note: 'of bob' }] });
  });
});

it.each([
  ['honoSession', honoSession, 'useSession'],
  ['honoSessions', honoSessions, 'sessionMiddleware'],
] as const)(
  '%s says what is missing, where there is no session',
  async (_, library, middleware) => {
    for (const session of [undefined, {}]) {
      const app = new Hono<{ Variables: { session: unknown } }>();
      app.get('/', async (c) => {
        c.set('session', session);
        await library.read(c);
        return c.text('');
      });
      const errors: string[] = [];
      app.onError((error, c) => {
        errors.push(error.message);
        return c.text('', 500);
      });
      expect((await app.request('/')).status).toBe(500);
      expect(errors.join()).toContain(middleware);
    }
  },
);
