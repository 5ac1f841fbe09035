import type { AccessRules, DevUser } from '../options.js';

/** What a visitor may do with a path: `bypass` needs nobody, though somebody may be signed in. */
export type Access = 'allowed' | 'bypass' | 'sign-in' | 'forbidden';

/** Judges a visitor, as Authelia's access control would. */
export function judgeAccess(path: string, user: DevUser | undefined, rules: AccessRules): Access {
  if (rules.bypass?.some((prefix) => isUnder(path, prefix))) return 'bypass';
  if (!user) return 'sign-in';
  const { groups } = rules;
  if (!groups || user.groups?.some((group) => groups.includes(group))) return 'allowed';
  return 'forbidden';
}

/** Refuses paths that another server might resolve to somewhere else: `/public/../admin` is not public. */
function isUnder(path: string, prefix: string): boolean {
  const base = prefix.replace(/\/$/, '');
  return (path === base || path.startsWith(`${base}/`)) && isPlain(path);
}

function isPlain(path: string): boolean {
  if (!URL.canParse(path, 'http://localhost') || /%2f|%5c/i.test(path)) return false;
  return new URL(path, 'http://localhost').pathname === path;
}
