import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';
import { findProfile, unknownProfile } from '../client/find-profile.js';
import type { LoginCheckOptions } from './login-check-options.js';
import { ALICE, BOB } from './users.js';

/** Refuses options with which a check could not tell one person from another, or would ask somebody else. */
export function checkOptions(options: LoginCheckOptions): void {
  const { path, openPath, localLogin, profile, users = [ALICE, BOB] } = options;
  const issues: ConfigIssue[] = [];
  const names = [...users.map(({ user }) => user), ...(localLogin ? [localLogin.user] : [])];
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    const instead = 'name different people in users and localLogin';
    issues.push(configIssue('users', twice, 'is there twice', instead));
  }
  for (const [option, value] of Object.entries({ path, openPath })) {
    if (value === undefined && option === 'openPath') continue;
    if (typeof value === 'string' && /^\/(?!\/)/.test(value)) continue;
    issues.push(configIssue(option, value, 'is no path', 'begin with one /, as in /api/me'));
  }
  if (typeof options.whoAmI !== 'function') {
    const instead = 'write ({ body }) => JSON.parse(body).user';
    issues.push(configIssue('whoAmI', options.whoAmI, 'is no function', instead));
  }
  if (findProfile(profile) === undefined) issues.push(unknownProfile(profile));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);
}
