import { randomBytes } from 'node:crypto';
import { trimOws } from '@trusted-header/core';
import { parseSigned, serialize, serializeSigned } from 'hono/utils/cookie';
import type { DevUser } from '../options.js';

/** Who is signed in, kept in a signed cookie: the portal and all gateways read the same one. */
export interface Sessions {
  /** Reads the user from a `Cookie` header. Refuses tampered, foreign and expired cookies. */
  read(cookieHeader: string | undefined): Promise<DevUser | undefined>;
  /**
   * Gives the `Set-Cookie` value of a session with nobody in it, as Authelia does with every redirect to the portal: the
   * visitor's own one, where it has no user.
   */
  visit(cookieHeader: string | undefined): Promise<string>;
  /** Gives the `Set-Cookie` value that signs a user in. */
  start(user: DevUser): Promise<string>;
  /** Gives the `Set-Cookie` value that signs out. */
  end(): string;
  /** Leaves this cookie out of a `Cookie` header. */
  hide(cookieHeader: string): string;
}

const COOKIE = 'trusted_header_dev_session';
const LIFETIME_SECONDS = 12 * 60 * 60;

// Not `secure`: it must work on plain http. Cookies know no ports, so that all of one host name share it.
const ATTRIBUTES = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;

/** Makes sessions under a key of this process: a restart signs everybody out. */
export function createSessions(now: () => number = Date.now): Sessions {
  const key = randomBytes(32);

  return {
    async read(cookieHeader) {
      return (await sessionIn(cookieHeader))?.user;
    },
    async visit(cookieHeader) {
      const session = await sessionIn(cookieHeader);
      return write({ id: session?.user === undefined ? session?.id : undefined });
    },
    // The cookie can be read by whoever has it: no password in it.
    start: ({ password: _, ...user }) => write({ user }),
    end() {
      return serialize(COOKIE, '', { ...ATTRIBUTES, maxAge: 0 });
    },
    hide(cookieHeader) {
      const pairs = cookieHeader.split(';');
      return trimOws(
        pairs.filter((pair) => trimOws(pair.split('=')[0] ?? '') !== COOKIE).join(';'),
      );
    },
  };

  async function sessionIn(cookieHeader: string | undefined): Promise<Session | undefined> {
    if (cookieHeader === undefined) return undefined;
    const value = (await parseSigned(cookieHeader, key, COOKIE))[COOKIE];
    if (typeof value !== 'string') return undefined;
    const session = parseSession(value);
    return session && session.expiresAt > now() ? session : undefined;
  }

  function write({
    id = randomBytes(12).toString('base64url'),
    user,
  }: NewSession): Promise<string> {
    const session: Session = {
      id,
      expiresAt: now() + LIFETIME_SECONDS * 1000,
      ...(user && { user }),
    };
    const value = Buffer.from(JSON.stringify(session)).toString('base64url');
    return serializeSigned(COOKIE, value, key, { ...ATTRIBUTES, maxAge: LIFETIME_SECONDS });
  }
}

interface NewSession {
  readonly id?: string | undefined;
  readonly user?: DevUser;
}

interface Session {
  readonly id: string;
  /** Nobody has signed in yet, where there is none. */
  readonly user?: DevUser;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The text was signed by us, so that only its version can be wrong. */
function parseSession(value: string): Session | undefined {
  const session: unknown = JSON.parse(Buffer.from(value, 'base64url').toString());
  return isSession(session) ? session : undefined;
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'id' in value && 'expiresAt' in value;
}
