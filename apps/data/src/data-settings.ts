import { randomBytes } from 'node:crypto';
import { ConfigError, type ConfigIssue } from '@trusted-header/core';

/** Where users and sessions are kept. */
export interface DataSettings {
  /** A file of SQLite. Without it, and without `databaseUrl`, a temporary one. */
  readonly databaseFile: string | undefined;
  readonly databaseUrl: string | undefined;
  /** Redis for the sessions. Without it, they are in the database. */
  readonly redisUrl: string | undefined;
  /** Signs session cookies. Instances of one app need the same. */
  readonly sessionSecret: string;
}

const SHORTEST_SECRET = 32;

/**
 * Reads `DATABASE_FILE` or `DATABASE_URL`, `REDIS_URL` and `SESSION_SECRET`.
 *
 * Without a secret, one is made up for this process: at its next start everybody gets a new session, and notices nothing, since
 * the proxy still names them.
 *
 * @throws {ConfigError} `option-invalid`, naming every bad variable and showing none: there are passwords in them.
 */
export function readDataSettings(env: Readonly<Record<string, string | undefined>>): DataSettings {
  const { DATABASE_FILE, DATABASE_URL, REDIS_URL, SESSION_SECRET } = env;
  const issues = [
    ...checkUrl('DATABASE_URL', DATABASE_URL, ['postgres:', 'postgresql:']),
    ...checkUrl('REDIS_URL', REDIS_URL, ['redis:', 'rediss:']),
    ...checkRedisDatabase(REDIS_URL),
    ...(DATABASE_FILE && DATABASE_URL
      ? [issue('DATABASE_FILE', 'is set beside DATABASE_URL', 'set one of them')]
      : []),
    ...(SESSION_SECRET && SESSION_SECRET.length < SHORTEST_SECRET
      ? [issue('SESSION_SECRET', 'is too short', 'write 32 random characters or more')]
      : []),
  ];
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
  return {
    databaseFile: DATABASE_FILE || undefined,
    databaseUrl: DATABASE_URL || undefined,
    redisUrl: REDIS_URL || undefined,
    sessionSecret: SESSION_SECRET || randomBytes(32).toString('base64url'),
  };
}

function checkUrl(
  option: string,
  value: string | undefined,
  protocols: readonly string[],
): readonly ConfigIssue[] {
  if (!value) return [];
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    return [issue(option, 'is no such address', `write one that begins with ${protocols[0]}//`)];
  }
  // What reads the address would throw, and say no more than that.
  return isDecodable(value)
    ? []
    : [issue(option, 'has a % that begins no escape', 'write it as %25')];
}

function isDecodable(value: string): boolean {
  try {
    return decodeURIComponent(value) !== '';
  } catch {
    return false;
  }
}

function checkRedisDatabase(value: string | undefined): readonly ConfigIssue[] {
  if (!value || !URL.canParse(value) || /^\/?\d*$/.test(new URL(value).pathname)) return [];
  const instead = 'write for example redis://cache:6379/0';
  return [issue('REDIS_URL', 'names a database that is no number', instead)];
}

function issue(option: string, problem: string, instead: string): ConfigIssue {
  return { option, value: '(not shown)', problem, instead };
}
