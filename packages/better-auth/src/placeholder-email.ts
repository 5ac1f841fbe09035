import { createHash } from 'node:crypto';
import type { Identity } from '@trusted-header/core';

/**
 * Makes an e-mail address of a user's name that no mail can reach (RFC 2606, `.invalid`), for `emailFor` where the proxy sends none.
 *
 * A digest, since better-auth lower-cases addresses: `Alice` and `alice` stay two, whatever characters a name holds.
 *
 * @example
 * ```ts
 * import { placeholderEmail, trustedHeader } from '@trusted-header/better-auth';
 *
 * const plugin = trustedHeader({ emailFor: placeholderEmail });
 * ```
 */
export function placeholderEmail({ user }: Identity): string {
  return `${createHash('sha256').update(user).digest('hex')}@trusted-header.invalid`;
}
