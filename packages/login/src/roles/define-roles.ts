import {
  ConfigError,
  type ConfigIssue,
  configIssue,
  type Identity,
  lowerCase,
} from '@trusted-header/core';
import { checkPattern, compilePattern } from './compile-pattern.js';

/** Which groups give which role. The order of the roles is their rank, the first being the highest. */
export type RoleMap<Role extends string> = Readonly<Record<Role, string | readonly string[]>>;

/** The application's roles, and who has them. */
export interface Roles<Role extends string> {
  /** All roles, the highest first. */
  readonly names: readonly Role[];
  /** Gives the roles that an identity's groups give it, the highest first; none where the groups are not known. */
  rolesOf(identity: Identity): readonly Role[];
  /** Gives the highest of them. */
  highestOf(identity: Identity): Role | undefined;
  /** Tells whether an identity has this very role. A higher one does not count: see {@link Roles.hasAtLeast}. */
  has(identity: Identity, role: Role): boolean;
  /** Tells whether an identity has this role or a higher one. */
  hasAtLeast(identity: Identity, role: Role): boolean;
}

export interface RolesOptions {
  /** How groups are compared, as in a policy: `exact` (default) or `lower`. */
  readonly match?: 'exact' | 'lower';
}

/** Begins with a letter: JavaScript puts properties that are numbers before all others, whatever the order was. */
const ROLE = /^[A-Za-z][\w.:-]*$/;

/**
 * Defines the application's roles by the proxy's groups (R1).
 *
 * A line is a group's name, a beginning with `*` at its end (`team-*`), or `*`: everybody whose groups are known. There is no
 * other default role, and nobody has a role because of what is missing: without a groups header nobody has any.
 * Adding a line never takes a role away, and losing a group never gives one.
 *
 * @throws {ConfigError} `option-invalid`: a `*` elsewhere, an empty line, white space at an end, a role that is a number or
 *   `undefined`, no role at all.
 *
 * @example
 * ```ts
 * import { defineRoles } from '@trusted-header/login';
 *
 * const roles = defineRoles({ admin: ['ops', 'team-*'], viewer: '*' });
 * roles.rolesOf({ user: 'alice', groups: ['team-blue'] }); // ['admin', 'viewer']
 * roles.has({ user: 'bob' }, 'viewer'); // false: his groups are not known
 * ```
 */
export function defineRoles<Role extends string>(
  map: RoleMap<Role>,
  options: RolesOptions = {},
): Roles<Role> {
  check(map, options);
  const fold = options.match === 'lower' ? lowerCase : (text: string): string => text;
  const names: readonly Role[] = Object.freeze(keysOf(map));
  const tests = names.map((name) => {
    const lines = linesOf(map[name]);
    const patterns = lines.map((line) => compilePattern(line, fold));
    const isEverybodys = lines.includes('*');
    return (groups: readonly string[]): boolean =>
      isEverybodys || groups.some((group) => patterns.some((matches) => matches(group)));
  });

  const rolesOf = (identity: Identity): readonly Role[] => {
    // Its own: a polluted Object.prototype must not put anybody into a group.
    const groups = Object.hasOwn(identity, 'groups') ? identity.groups : undefined;
    if (groups === undefined) return Object.freeze<Role[]>([]);
    const folded = groups.map(fold);
    return Object.freeze(names.filter((_, rank) => tests[rank]?.(folded) === true));
  };
  return Object.freeze({
    names,
    rolesOf,
    highestOf: (identity: Identity) => rolesOf(identity)[0],
    has: (identity: Identity, role: Role) => rolesOf(identity).includes(role),
    hasAtLeast(identity: Identity, role: Role) {
      const highest = rolesOf(identity)[0];
      return highest !== undefined && names.indexOf(highest) <= names.indexOf(role);
    },
  });
}

function linesOf(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

function keysOf<Role extends string>(map: RoleMap<Role>): Role[] {
  const names: Role[] = [];
  for (const name in map) if (Object.hasOwn(map, name)) names.push(name);
  return names;
}

function check(map: unknown, options: RolesOptions): void {
  const issues: ConfigIssue[] = [];
  if (!isPlain(map) || Object.keys(map).length === 0) {
    // An object literal with `__proto__: […]` has another prototype and no such role.
    const instead = "write { admin: ['ops'], viewer: '*' }";
    issues.push(configIssue('roles', map, 'is no list of roles', instead));
  } else {
    for (const [role, lines] of Object.entries(map)) issues.push(...checkRole(role, lines));
  }
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'match') {
      issues.push(configIssue(name, name, 'is not a setting', 'write match'));
    } else if (value !== 'exact' && value !== 'lower') {
      issues.push(configIssue('match', value, 'is not a choice', "write 'exact' or 'lower'"));
    }
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function checkRole(role: string, lines: unknown): ConfigIssue[] {
  const option = `roles.${role}`;
  if (!ROLE.test(role)) {
    const instead = 'begin with a letter, and go on with letters, digits, and . : _ -';
    return [configIssue(option, role, 'cannot be the name of a role', instead)];
  }
  if (!Array.isArray(lines)) return checkPattern(option, lines);
  return Array.from<unknown>(lines).flatMap((line, i) => checkPattern(`${option}[${i}]`, line));
}

function isPlain(map: unknown): map is object {
  if (typeof map !== 'object' || map === null) return false;
  const prototype: unknown = Object.getPrototypeOf(map);
  // Also that of another realm: jest's, for example.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
