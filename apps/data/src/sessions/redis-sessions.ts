import { createClient } from 'redis';
import type { WithStore } from '../data-error.js';
import { keyOf, parseSession, type SessionStore } from './session-store.js';

/** Keeps sessions in Redis, which forgets those that have expired. It connects by itself, and again when it was down. */
export function redisSessions(url: string, withStore: WithStore): SessionStore & { close(): void } {
  const client = createClient({
    url,
    // A request does not wait for Redis to come back: it is answered with 503.
    disableOfflineQueue: true,
    commandOptions: { timeout: 4_000 },
    socket: { connectTimeout: 2_000, reconnectStrategy: (tries) => Math.min(100 * tries, 2_000) },
  });
  // What goes wrong is told where it is noticed: an 'error' without a listener would end the process.
  client.on('error', () => undefined);
  // Settles when it is connected: with a Redis that says nothing, never.
  void client.connect().catch(() => undefined);
  const keyIn = (id: string): string => `session:${keyOf(id)}`;
  return {
    get: (id) => withStore(async () => parseSession(await client.get(keyIn(id)))),
    set: (id, session, ttlMs) =>
      withStore(async () => {
        const expiration = { type: 'PX', value: Math.ceil(ttlMs) } as const;
        await client.set(keyIn(id), JSON.stringify(session), { expiration });
      }),
    destroy: (id) =>
      withStore(async () => {
        await client.del(keyIn(id));
      }),
    close: () => client.destroy(),
  };
}
