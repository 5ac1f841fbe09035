import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import { checkResolverOptions } from '../users/check-resolver-options.js';

/** Thirty years. JSON has no infinity: a hold without an end would come back as none. */
const MOST_SECONDS = 1e9;

/** Checks what a sign-in is made of, that of its resolver first. */
export function checkSignInOptions(options: unknown): void {
  checkResolverOptions(options, ['roles', 'onMissing', 'holdSeconds', 'log']);
  const given = new Map<string, unknown>(Object.entries(options ?? {}));
  const issues: ConfigIssue[] = [];
  const onMissing = given.get('onMissing');
  if (onMissing !== undefined && onMissing !== 'end' && onMissing !== 'keep') {
    issues.push(configIssue('onMissing', onMissing, 'is not a choice', "write 'end' or 'keep'"));
  }
  const seconds = given.get('holdSeconds');
  if (
    seconds !== undefined &&
    !(typeof seconds === 'number' && seconds > 0 && seconds <= MOST_SECONDS)
  ) {
    const instead = 'write for example 86400';
    issues.push(configIssue('holdSeconds', seconds, 'is not a number from 0 to 1e9', instead));
  }
  const roles = given.get('roles');
  if (roles !== undefined && !hasRolesOf(roles)) {
    const instead = "write defineRoles({ admin: 'ops' })";
    issues.push(configIssue('roles', roles, 'is not what defineRoles gives', instead));
  }
  const log = given.get('log');
  if (log !== undefined && log !== false && typeof log !== 'function') {
    issues.push(configIssue('log', log, 'is no function', 'write (line) => …, or false'));
  }
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}

function hasRolesOf(roles: unknown): boolean {
  return typeof roles === 'object' && roles !== null && 'rolesOf' in roles;
}
