import type { Identity } from '@trusted-header/core';

/** Somebody who has been here. */
export interface User {
  readonly id: string;
  /** As the proxy names them, code point for code point. */
  readonly name: string;
  readonly displayName: string | null;
  readonly email: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly lastSeenAt: string;
}

/** The app's users. They begin with their first request. */
export interface Users {
  /** Finds by the proxy's name, never by e-mail, which people can change. Takes over a new display name and e-mail. */
  find(identity: Identity): Promise<User | null>;
  /** Makes a user. Where another process was first, gives theirs. */
  create(identity: Identity): Promise<User>;
  /** Notes that these are here now. */
  touch(names: readonly string[]): Promise<void>;
  /** Gives who has been noted since, by name. */
  seenSince(time: Date): Promise<readonly User[]>;
}

/** How long `lastSeenAt` may be behind, so that not each request writes. */
const SEEN_MS = 10_000;

/** What changes of a user with a request, if anything does. */
export function changesOf(
  user: User,
  { name, email }: Identity,
  now = new Date(),
): Pick<User, 'displayName' | 'email' | 'lastSeenAt'> | undefined {
  const isSame = user.displayName === (name ?? null) && user.email === (email ?? null);
  if (isSame && now.getTime() - Date.parse(user.lastSeenAt) < SEEN_MS) return undefined;
  return { displayName: name ?? null, email: email ?? null, lastSeenAt: now.toISOString() };
}
