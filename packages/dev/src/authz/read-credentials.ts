import type { DevUser } from '../options.js';

/** What an `Authorization` header is to Authelia: nothing that it reads, a user with the right password, or wrong. */
export type Credentials = 'none' | 'wrong' | { readonly user: DevUser };

/** As long as Authelia takes to say no. */
export const WRONG_CREDENTIALS_MS = 2_000;

/** What it then sends, beside a 401. */
export const CHALLENGE = { 'www-authenticate': 'Basic realm="Authorization Required"' } as const;

/**
 * Reads Basic credentials (RFC 7617) of a user who has a password.
 *
 * A well-formed Bearer token is passed over, since it is for the application. Refuses everything else, and every password
 * of a user who has none.
 * Source: `HeaderAuthnStrategy` and `Authorization.Parse` in Authelia's source.
 */
export function readCredentials(
  header: string | undefined,
  users: readonly DevUser[],
): Credentials {
  if (!header) return 'none';
  const [, scheme = '', value = ''] = /^(\S+) (.*)$/.exec(header) ?? [];
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return /^[\w\-.~+/]+=*$/.test(value) ? 'none' : 'wrong';
    case 'basic': {
      const [, name, password] = /^([^:]+):(.+)$/s.exec(decodeBase64(value)) ?? [];
      const user = users.find((one) => one.user === name && one.password !== undefined);
      return user && user.password === password ? { user } : 'wrong';
    }
    default:
      return 'wrong';
  }
}

/** Nothing where it is not base64 with its padding. */
function decodeBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes.toString('utf8') : '';
}
