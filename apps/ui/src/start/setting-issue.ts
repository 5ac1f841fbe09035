import type { ConfigIssue } from '@trusted-header/core';

/** Says what is wrong with a variable of the environment, and what to write instead. */
export function settingIssue(
  option: string,
  value: string,
  problem: string,
  instead: string,
): ConfigIssue {
  return { option, value: JSON.stringify(value), problem, instead };
}
