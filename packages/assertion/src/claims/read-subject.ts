import type { ProvenIdentity } from '@trusted-header/core';
import { member } from '../compact/read-json-object.js';
import type { AssertionProvider, Claims, GroupsClaim, UserClaim } from '../providers/provider.js';
import { type RefusedVerdict, refused } from '../refused.js';

/**
 * Reads who the user is from claims that are verified.
 *
 * Refuses what names nobody: no such claim, one that is no text or empty, a service token. A name, an email or groups of another type are
 * left out: they cost no login (H4). Core reads the texts as strictly as those of headers.
 */
export function readSubject(
  claims: Claims,
  { claims: names, refuses }: AssertionProvider,
): RefusedVerdict | { readonly kind: 'found'; readonly identity: ProvenIdentity } {
  const why = refuses?.(claims);
  if (why !== undefined) return refused('assertion-subject', why);
  const user = readUser(claims, names.user);
  if (user === undefined) {
    const where = typeof names.user === 'string' ? `its ${names.user}` : 'what user(claims) gives';
    return refused('assertion-subject', `${where} is no text with a user`);
  }
  const groups = names.groups === undefined ? undefined : readGroups(claims, names.groups);
  const name = names.name === undefined ? undefined : textOf(claims, names.name);
  const email = names.email === undefined ? undefined : textOf(claims, names.email);
  return {
    kind: 'found',
    identity: {
      user,
      ...(groups && { groups }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
    },
  };
}

function readUser(claims: Claims, user: UserClaim): string | undefined {
  const value = typeof user === 'string' ? textOf(claims, user) : called(user, claims);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textOf(claims: Claims, name: string): string | undefined {
  const value = member(claims, name);
  return typeof value === 'string' ? value : undefined;
}

function readGroups(claims: Claims, groups: GroupsClaim): readonly string[] | undefined {
  const value: unknown =
    typeof groups === 'string' ? member(claims, groups) : called(groups, claims);
  return isTexts(value) ? value : undefined;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** A function of the application's that throws has found nobody. */
function called(find: (claims: Claims) => unknown, claims: Claims): unknown {
  try {
    return find(claims);
  } catch {
    return undefined;
  }
}
