import type { AccessRules, DevUser } from '../options.js';

/** What a visitor may do with a path: `bypass` needs nobody, though somebody may be signed in. */
export type Access = 'allowed' | 'bypass' | 'sign-in' | 'forbidden';

/**
 * Judges a visitor, as Authelia's access control would: `deny` before `bypass` before `groups`.
 *
 * @param path Cleaned, as `cleanPath` gives it; undefined for one that cannot be, which no bypass is for.
 */
export function judgeAccess(
  path: string | undefined,
  user: DevUser | undefined,
  { bypass, deny, groups }: AccessRules,
): Access {
  if (deny?.some((prefix) => isUnder(path, prefix))) return 'forbidden';
  if (bypass?.some((prefix) => isUnder(path, prefix))) return 'bypass';
  if (!user) return 'sign-in';
  if (!groups || user.groups?.some((group) => groups.includes(group))) return 'allowed';
  return 'forbidden';
}

function isUnder(path: string | undefined, prefix: string): boolean {
  const base = prefix.replace(/\/$/, '');
  return path !== undefined && (path === base || path.startsWith(`${base}/`));
}
