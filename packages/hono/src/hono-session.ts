import { createSlot, type Slot, sharedState } from '@trusted-header/core';
import { keyedSession, type SessionLibrary, sessionIn } from '@trusted-header/login';
import type { Context } from 'hono';

type Data = Readonly<Record<string, unknown>>;
type Update = Data | ((before: Data | null) => Data);

/** What is used of @hono/session. */
interface Session {
  readonly id: string | null;
  readonly data: Data | null;
  get(...refresh: readonly unknown[]): Promise<Data | null>;
  update(data: Update): Promise<void>;
  delete(): void;
}

/** What `useSessionStorage` was given. */
interface Storage {
  set(id: string | null, data: Data | null): unknown;
  delete(id: string | null): unknown;
}

/**
 * How `signIn` uses @hono/session. By itself that library cannot begin a session anew: at each `get` and `update` it reads the
 * request's cookie again, and with it what was there before; without a storage it adds new data to the old. So the old session
 * is deleted from its storage, which also gives a new id, and for the rest of the request `c.var.session` is an object that
 * shows what was compared, or the new session: read it behind `signIn`, and keep no reference from before. It ignores `get(refresh)`.
 *
 * With `useSessionStorage` the old cookie is dead. The library does not wait for what it stores, and the next request could be there
 * before a sign-out is: so each update is stored here as well, and waited for.
 *
 * Without, the cookie is the session: **an old cookie holds what it held until it expires**. What makes it useless is the comparison
 * with each request, and `onMissing: 'keep'` gives that up.
 */
export const honoSession: SessionLibrary<Context> = keyedSession<Context>({
  get: async (c, key) => (await readOnce(c)).data?.[key],
  set: (c, key, value) => sessionOf(c).update((before) => ({ ...before, [key]: value })),
  async renew(c) {
    const session = await readOnce(c);
    await storageOf(c)?.delete(session.id);
    const renewed = viewOf(session, Object.keys(session.data ?? {}));
    c.set('session', renewed);
    await renewed.update({});
  },
});

const views = sharedState<Slot<true>>('views of hono', createSlot);

/**
 * Reads the session, and has the rest of the request see what was read: it is what was compared. In the storage there can be somebody
 * else's a moment later, by another request with the same cookie.
 */
async function readOnce(c: Context): Promise<Session> {
  const session = sessionOf(c);
  if (views.get(session)) return session;
  await session.get();
  const view = viewOf(session, [], storageOf(c));
  c.set('session', view);
  return view;
}

/**
 * A view of a session that does not read it again. Without `oldKeys` in what is written, which a cookie may still hold.
 *
 * @param storage Where it stores by itself; absent in a view of a view that does so.
 */
function viewOf(session: Session, oldKeys: readonly string[], storage?: Storage): Session {
  const blank = Object.fromEntries(oldKeys.map((key) => [key, undefined]));
  let deletedId: string | null | undefined;
  let storedId = session.id;
  const current = (): Data | null => (deletedId === undefined ? session.data : null);
  const view: Session = {
    get id() {
      return deletedId === undefined ? session.id : deletedId;
    },
    get data() {
      return current();
    },
    get: async () => current(),
    async update(update) {
      const next = typeof update === 'function' ? update(current()) : update;
      await session.update({ ...blank, ...next });
      deletedId = undefined;
      await storage?.set(session.id, session.data);
      // A session that has just begun gets another id with each update.
      if (storedId !== session.id) await storage?.delete(storedId);
      storedId = session.id;
    },
    delete() {
      deletedId ??= session.id;
      session.delete();
    },
  };
  views.set(view, true);
  return view;
}

function sessionOf(c: Context): Session {
  const session: unknown = c.get('session');
  return sessionIn<Session>(
    session,
    ['get', 'update', 'delete'],
    'put app.use(useSession(…)) before it',
  );
}

function storageOf(c: Context): Storage | undefined {
  return c.get('sessionStorage');
}
