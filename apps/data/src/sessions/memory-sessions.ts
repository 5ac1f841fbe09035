import type { SessionData, SessionStore } from './session-store.js';

/** Keeps sessions until the process ends: for machines without a database. */
export function memorySessions(): SessionStore {
  const sessions = new Map<string, { readonly data: SessionData; readonly until: number }>();
  return {
    async get(id) {
      const found = sessions.get(id);
      return found && Date.now() < found.until ? structuredClone(found.data) : undefined;
    },
    async set(id, data, ttlMs) {
      const now = Date.now();
      for (const [other, { until }] of sessions) if (until <= now) sessions.delete(other);
      sessions.set(id, { data: structuredClone(data), until: now + ttlMs });
    },
    async destroy(id) {
      sessions.delete(id);
    },
  };
}
