import type { Identity, PolicyDenial } from '../decision.js';
import { lowerCase } from './lower-case.js';
import type { Policy } from './policy.js';

/** As many names as fit a line. */
const MOST_NAMES = 5;

/**
 * Says what a route asked for, how much of it there was, and the near miss, if there is one (D3): another case, a `/`
 * before the name (Keycloak's full paths), a distinguished name that was split at its commas.
 *
 * Names what the policy names, which is configuration, and nothing of what the user has.
 *
 * @param groupsHeader The header that holds the groups, if the profile has one.
 */
export function explainDenial(
  policy: Policy,
  identity: Identity,
  reason: PolicyDenial,
  groupsHeader: string | undefined,
): string {
  switch (reason) {
    case 'policy-empty':
      return 'the policy has no condition, and admits nobody';
    case 'user-not-allowed':
      return explainUser(policy, identity);
    case 'group-missing':
      return explainGroups(policy, identity, groupsHeader);
  }
}

function explainUser({ users = [] }: Policy, { user }: Identity): string {
  const wanted = `the route asks for one of ${count(users.length, 'user')}`;
  const isNear = users.some((name) => isSameInLowerCase(name, user));
  return isNear ? `${wanted}; one is there in another case: see match: 'lower'` : wanted;
}

function explainGroups(
  { groups: { anyOf, allOf } = {}, match }: Policy,
  { groups: held }: Identity,
  groupsHeader: string | undefined,
): string {
  const wanted = [
    ...(anyOf ? [`one of ${listOf(anyOf)}`] : []),
    ...(allOf ? [`all of ${listOf(allOf)}`] : []),
  ];
  const isSame = match === 'lower' ? isSameInLowerCase : Object.is;
  const missing = [...(anyOf ?? []), ...(allOf ?? [])].filter(
    (name) => !held?.some((group) => isSame(name, group)),
  );
  return [
    `the route asks for ${wanted.join(' and ')}`,
    describeHeld(held, groupsHeader),
    ...nearMisses(missing, held ?? []),
  ].join('; ');
}

function describeHeld(held: Identity['groups'], header = 'a header for groups'): string {
  if (!held) return `the claim came without ${header}`;
  return held.length > 0
    ? `the user has ${count(held.length, 'group')} (${header})`
    : `the user has no groups (${header} is empty)`;
}

/** @param missing Names that the user has not, as the policy compares them. */
function nearMisses(missing: readonly string[], held: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of missing) {
    const shown = JSON.stringify(name);
    if (held.some((group) => isSameInLowerCase(name, group))) {
      found.push(`${shown} is there in another case: see match: 'lower'`);
    }
    if (held.some((group) => isSameInLowerCase(group, `/${name}`))) {
      found.push(
        `${shown} is there with a / before it: write it so, or turn off full group paths at the provider`,
      );
    }
    if (held.some((group) => isSameInLowerCase(`/${group}`, name))) {
      found.push(`${shown} is there without the / before it: write it so`);
    }
    if (held.some((group) => group.split(/[;|\s]/).includes(name))) {
      found.push(
        `${shown} is there, and not separated from others: see the groups' separator in the profile`,
      );
    }
  }
  if (held.some(isPartOfName)) {
    found.push(
      "the groups look like a distinguished name that was split at its commas: see format: 'dn-list' of the profile",
    );
  }
  return found.slice(0, MOST_NAMES);
}

/** A whole name has commas of its own. */
function isPartOfName(group: string): boolean {
  return /^(?:cn|ou|dc|o|uid)=[^,]*$/i.test(group);
}

function isSameInLowerCase(one: string, other: string): boolean {
  return lowerCase(one) === lowerCase(other);
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'no groups';
  const shown = names.slice(0, MOST_NAMES).map((name) => JSON.stringify(name));
  const more = names.length - shown.length;
  return `the groups ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
