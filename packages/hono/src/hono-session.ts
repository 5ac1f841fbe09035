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

/**
 * How `signIn` uses @hono/session. By itself that library cannot begin a session anew: at each `get` and `update` it reads the
 * request's cookie again, and with it what was there before; without a storage it adds new data to the old. So the old session
 * is deleted from its storage, which also gives a new id, and for the rest of the request `c.var.session` is an object that
 * knows of the new session only: read it behind `signIn`, and keep no reference from before.
 *
 * With `useSessionStorage` the old cookie is dead. Without, the cookie is the session: **an old cookie holds what it held until it
 * expires**. What makes it useless is the comparison with each request, and `onMissing: 'keep'` gives that up.
 */
export const honoSession: SessionLibrary<Context> = keyedSession<Context>({
  get: async (c, key) => (await sessionOf(c).get())?.[key],
  set: (c, key, value) => sessionOf(c).update((before) => ({ ...before, [key]: value })),
  async renew(c) {
    const session = sessionOf(c);
    const old = await session.get();
    const storage: unknown = c.get('sessionStorage');
    if (isStorage(storage) && session.id !== null) await storage.delete(session.id);
    const renewed = renew(session, Object.keys(old ?? {}));
    c.set('session', renewed);
    await renewed.update({});
  },
});

/** A view of a session in which the cookie that came with the request is forgotten. */
function renew(session: Session, oldKeys: readonly string[]): Session {
  const blank = Object.fromEntries(oldKeys.map((key) => [key, undefined]));
  let isDeleted = false;
  const current = (): Data | null => (isDeleted ? null : session.data);
  return {
    get id() {
      return session.id;
    },
    get data() {
      return current();
    },
    get: async () => current(),
    async update(update) {
      const next = typeof update === 'function' ? update(current()) : update;
      await session.update({ ...blank, ...next });
      isDeleted = false;
    },
    delete() {
      session.delete();
      isDeleted = true;
    },
  };
}

function sessionOf(c: Context): Session {
  const session: unknown = c.get('session');
  return sessionIn<Session>(
    session,
    ['get', 'update', 'delete'],
    'put app.use(useSession(…)) before it',
  );
}

function isStorage(value: unknown): value is { delete(id: string): unknown } {
  return typeof value === 'object' && value !== null && 'delete' in value;
}
