import type { Decision } from '@trusted-header/core';
import { type BetterAuthPlugin, betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getMigrations } from 'better-auth/db/migration';
import Database from 'better-sqlite3';
import { followDecision, type TrustedHeaderOptions, trustedHeader } from '../src/index.js';

/** `secondary`: sessions in a store such as Redis, and not in the database. */
export type DatabaseKind = 'memory' | 'sqlite' | 'secondary';

export interface TestSettings extends TrustedHeaderOptions {
  readonly cookieCache?: boolean;
  readonly plugins?: BetterAuthPlugin[];
  readonly isBanned?: (userId: string) => boolean;
}

/** Makes a better-auth with the plugin, on a database of its own that can be made to fail. */
export async function createTestAuth(kind: DatabaseKind, settings: TestSettings = {}) {
  const { cookieCache = false, plugins = [], isBanned, ...options } = settings;
  const tables = { user: [], session: [], account: [], verification: [] };
  const failing = new Set<string>();
  const failAt = (step: string): void => {
    if (failing.has(step)) throw new Error('the database is down');
  };
  const memory = memoryAdapter(tables);
  const store = new Map<string, string>();
  const auth = betterAuth({
    baseURL: 'http://127.0.0.1',
    secret: 'a secret of thirty-two characters',
    database: kind === 'sqlite' ? new Database(':memory:') : memory,
    ...(kind === 'secondary' && {
      secondaryStorage: {
        get: (key: string) => store.get(key) ?? null,
        set: (key: string, value: string) => void store.set(key, value),
        delete: (key: string) => void store.delete(key),
        getAndDelete: () => null,
        increment: () => 1,
      },
    }),
    emailAndPassword: { enabled: true },
    session: { cookieCache: { enabled: cookieCache } },
    logger: { disabled: true },
    databaseHooks: {
      // Within better-auth's transaction, where the adapter is another one.
      user: { create: { before: async () => failAt('create user') } },
      account: { create: { before: async () => failAt('create account') } },
      session: {
        create: { before: async ({ userId }) => (isBanned?.(userId) ? false : undefined) },
      },
    },
    plugins: [trustedHeader(options), ...plugins],
  });
  if (kind === 'sqlite') await (await getMigrations(auth.options)).runMigrations();
  const { adapter } = await auth.$context;
  for (const name of ['findOne', 'findMany', 'create', 'delete'] as const) {
    const original = adapter[name];
    Reflect.set(adapter, name, (query: { model: string }) => {
      failAt(`${name} ${query.model}`);
      return Reflect.apply(original, adapter, [query]);
    });
  }
  return { auth, adapter, failing, store };
}

export type TestAuth = Awaited<ReturnType<typeof createTestAuth>>;

/** A browser: it keeps cookies, and sends them. */
export function createBrowser(
  { auth }: Pick<TestAuth, 'auth'>,
  cookies = new Map<string, string>(),
) {
  const headers = (): Headers =>
    new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
  return {
    cookies,
    headers,
    /** Somebody has copied the cookies as they are now. */
    stolen: () => new Map(cookies),
    keep(lines: readonly string[]): void {
      for (const line of lines) {
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
    },
    async follow(decision: Decision, facts: { open?: boolean; again?: boolean } = {}) {
      const followed = await followDecision(auth, { decision, headers: headers(), ...facts });
      this.keep(followed.setCookies);
      return followed;
    },
    /** What better-auth itself says of these cookies, as a handler would ask it. */
    async asBetterAuth(): Promise<string | undefined> {
      return (await auth.api.getSession({ headers: headers() }))?.user.name;
    },
  };
}

const source = { kind: 'address', address: '127.0.0.1' } as const;

/** The proxy names somebody, with an e-mail. */
export function named(user: string, ...groups: string[]): Decision {
  const email = `${user}@example.com`;
  return { kind: 'authenticated', identity: { user, groups, email }, source };
}

/** The proxy names somebody, and sends no e-mail. */
export function withoutEmail(user: string): Decision {
  return { kind: 'authenticated', identity: { user }, source };
}

export const NOBODY: Decision = { kind: 'anonymous', trusted: true };
export const REFUSED: Decision = { kind: 'refused', reason: 'peer-untrusted' };
