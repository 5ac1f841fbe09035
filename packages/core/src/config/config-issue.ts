import type { ConfigIssue } from './config-error.js';
import { showValue } from './show-value.js';

/** Words one fault of the configuration: which option, the value it has, what is wrong, what to write instead. */
export function configIssue(
  option: string,
  value: unknown,
  problem: string,
  instead: string,
): ConfigIssue {
  return { option, value: showValue(value), problem, instead };
}

/** Lists the names of an object that nobody reads: most likely misspelt ones that somebody relies on. */
export function unknownNames(
  where: string,
  value: object,
  known: readonly string[],
): ConfigIssue[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) =>
      configIssue(`${where}${name}`, name, 'is not a setting', `write one of ${known.join(', ')}`),
    );
}

/** Tells whether a value is a list of such items. A hole (`['a',,'b']`) is an item, which `every` would pass over. */
export function isListOf(value: unknown, test: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && Array.from<unknown>(value).every(test);
}

/** Tells whether a value has properties to look at. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
