import { isObject } from '../config/config-issue.js';
import { compileFields } from '../headers/compile-fields.js';
import type { HeaderProfile } from './header-profile.js';

/**
 * Checks a profile of one's own at once, where it is written, and gives it frozen, with its literal types. `createAuthenticator`
 * checks as much; here a mistake shows at import, and nobody changes the profile afterwards. The argument stays as it is.
 *
 * Refuses names that are no header names or that servers rewrite (H8), two values of one header, and settings it does not know.
 *
 * @param profile May be made of a known one: `{ ...authelia, id: 'ours', user: { header: 'X-Our-User' } }`.
 * @throws {ConfigError} `profile-invalid`, with every fault at once.
 *
 * @example
 * ```ts
 * import { defineProfile } from '@trusted-header/core';
 * import { authelia } from '@trusted-header/core/profiles';
 *
 * export const ours = defineProfile({
 *   ...authelia,
 *   id: 'ours',
 *   user: { header: 'X-Our-User', prefix: 'ldap:' },
 * });
 * ```
 */
export function defineProfile<const Profile extends HeaderProfile>(profile: Profile): Profile {
  compileFields([['profile', profile]]);
  return frozenCopy(profile);
}

function frozenCopy<T extends object>(value: T): T {
  const copy: T = Array.isArray(value) ? Object.assign([], value) : { ...value };
  for (const key of Object.keys(copy)) {
    const part: unknown = Reflect.get(copy, key);
    if (isObject(part)) Reflect.set(copy, key, frozenCopy(part));
  }
  return Object.freeze(copy);
}
