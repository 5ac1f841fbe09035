import { type ConfigIssue, configIssue, trimOws } from '@trusted-header/core';

/** Compiles one line of a role, `ops` or `team-*`, into a test of a group. `*` is for {@link defineRoles} to know. */
export function compilePattern(
  pattern: string,
  fold: (text: string) => string,
): (group: string) => boolean {
  const text = fold(pattern.endsWith('*') ? pattern.slice(0, -1) : pattern);
  return pattern.endsWith('*') ? (group) => group.startsWith(text) : (group) => group === text;
}

/** Says what is wrong with a line of a role. A `*` is a wildcard at the end and an error elsewhere. */
export function checkPattern(option: string, pattern: unknown): ConfigIssue[] {
  if (typeof pattern !== 'string') {
    return [configIssue(option, pattern, 'is no group', "write a name such as 'ops', or 'team-*'")];
  }
  if (pattern === '') {
    return [configIssue(option, pattern, 'is empty', "write a group's name, or leave it out")];
  }
  if (trimOws(pattern) !== pattern) {
    const instead = `write ${JSON.stringify(trimOws(pattern))}`;
    return [configIssue(option, pattern, 'has white space at an end, which no group has', instead)];
  }
  if (pattern.slice(0, -1).includes('*')) {
    const instead = `write ${JSON.stringify(`${pattern.slice(0, pattern.indexOf('*'))}*`)}, or each group's name`;
    return [configIssue(option, pattern, 'has a * that is not at the end', instead)];
  }
  return [];
}
