import type { SessionStore, SessionData as StoredSession } from '@trusted-header/app-data';
import { type SessionData, Store } from 'express-session';

const DAY_MS = 86_400_000;

/** What express-session wants of a store, with the app's sessions behind it. */
export class AppSessionStore extends Store {
  constructor(private readonly sessions: SessionStore) {
    super();
  }

  get(id: string, done: (error: unknown, session?: SessionData) => void): void {
    this.sessions.get(id).then(
      (stored) => done(null, stored && isSession(stored) ? stored : undefined),
      (error: unknown) => done(error),
    );
  }

  set(id: string, session: SessionData, done: (error?: unknown) => void = ignore): void {
    // Its cookie has methods, and becomes what it stands for by going through JSON.
    const data = JSON.parse(JSON.stringify(session));
    this.sessions.set(id, data, session.cookie.maxAge ?? DAY_MS).then(() => done(), done);
  }

  destroy(id: string, done: (error?: unknown) => void = ignore): void {
    this.sessions.destroy(id).then(() => done(), done);
  }
}

function ignore(): void {}

function isSession(stored: StoredSession): stored is StoredSession & SessionData {
  return typeof stored.cookie === 'object' && stored.cookie !== null;
}
