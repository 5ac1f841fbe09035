import { createHash } from 'node:crypto';

/** What a session library keeps. JSON-safe. */
export type SessionData = Readonly<Record<string, unknown>>;

/** Where sessions are. Each app's session library gets its own shape of it, a few lines long. */
export interface SessionStore {
  get(id: string): Promise<SessionData | undefined>;
  set(id: string, data: SessionData, ttlMs: number): Promise<void>;
  destroy(id: string): Promise<void>;
}

/** Under which key a session is kept: who reads the store, a backup for example, learns no cookie from it. */
export function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

/** Reads what was stored. What is no object is no session. */
export function parseSession(text: string | null | undefined): SessionData | undefined {
  if (!text) return undefined;
  const data: unknown = JSON.parse(text);
  return isSessionData(data) ? data : undefined;
}

function isSessionData(data: unknown): data is SessionData {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
