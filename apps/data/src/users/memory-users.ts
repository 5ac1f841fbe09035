import { randomUUID } from 'node:crypto';
import { changesOf, type User, type Users } from './users.js';

/** Keeps users until the process ends: for machines without a database. */
export function memoryUsers(): Users {
  const byName = new Map<string, User>();
  const keep = (user: User): User => {
    byName.set(user.name, user);
    return user;
  };
  return {
    async find(identity) {
      const user = byName.get(identity.user);
      return user ? keep({ ...user, ...changesOf(user, identity) }) : null;
    },
    async create({ user: name, name: displayName = null, email = null }) {
      const now = new Date().toISOString();
      const user = { id: randomUUID(), name, displayName, email, createdAt: now, lastSeenAt: now };
      return byName.get(name) ?? keep(user);
    },
    async touch(names) {
      const lastSeenAt = new Date().toISOString();
      for (const user of [...byName.values()]) {
        if (names.includes(user.name)) keep({ ...user, lastSeenAt });
      }
    },
    async seenSince(time) {
      return [...byName.values()]
        .filter(({ lastSeenAt }) => lastSeenAt >= time.toISOString())
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}
