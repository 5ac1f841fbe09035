/** Users that were found a moment ago. */
export interface RecentUsers<User> {
  get(key: string, claim: string): User | undefined;
  set(key: string, claim: string, user: User): void;
  delete(key: string): void;
  clear(): void;
}

/**
 * Keeps at most `max` users for `ttlSeconds`; the one that was not asked for longest goes first.
 *
 * An entry counts for the claim that it was found with and no other. A clock that steps back ends it.
 */
export function createRecentUsers<User>(ttlSeconds: number, max: number): RecentUsers<User> {
  const entries = new Map<string, { claim: string; user: User; at: number }>();
  return {
    get(key, claim) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      const age = Date.now() - entry.at;
      entries.delete(key);
      if (entry.claim !== claim || age < 0 || age >= ttlSeconds * 1000) return undefined;
      entries.set(key, entry);
      return entry.user;
    },
    set(key, claim, user) {
      if (ttlSeconds === 0) return;
      entries.delete(key);
      entries.set(key, { claim, user, at: Date.now() });
      for (const oldest of entries.keys()) {
        if (entries.size <= max) break;
        entries.delete(oldest);
      }
    },
    delete: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
