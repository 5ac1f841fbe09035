import { ConfigError, type ConfigIssue, configIssue } from '@trusted-header/core';

const NAMES = ['find', 'create', 'match', 'ttlSeconds', 'max', 'timeoutSeconds'];

/** Checks what a resolver is made of, and refuses names that nobody reads. `others`: names that the caller reads itself. */
export function checkResolverOptions(options: unknown, others: readonly string[] = []): void {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError('option-invalid', [
      configIssue('options', options, 'are no options', 'write { find: (identity) => … }'),
    ]);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  const issues: ConfigIssue[] = [];
  const known = [...NAMES, ...others];
  for (const [name, value] of given) {
    if (!known.includes(name)) {
      const instead = `write one of ${known.join(', ')}`;
      issues.push(configIssue(name, name, 'is not a setting', instead));
    } else if (value === undefined) {
      issues.push(configIssue(name, value, 'was given, and is undefined', 'leave it out'));
    }
  }
  if (typeof given.get('find') !== 'function') {
    const instead = 'write (identity) => the user, or null';
    issues.push(configIssue('find', given.get('find'), 'is no function', instead));
  }
  const create = given.get('create');
  if (create !== undefined && typeof create !== 'function') {
    issues.push(configIssue('create', create, 'is no function', 'write (identity) => a new user'));
  }
  const match = given.get('match');
  if (match !== undefined && match !== 'exact' && match !== 'lower') {
    issues.push(configIssue('match', match, 'is not a choice', "write 'exact' or 'lower'"));
  }
  issues.push(...checkNumber('ttlSeconds', 0, 86_400, true), ...checkNumber('max', 1, 1e6, true));
  issues.push(...checkNumber('timeoutSeconds', 0.01, 600, false));
  if (issues.length > 0) throw new ConfigError('option-invalid', issues);

  function checkNumber(name: string, from: number, to: number, isWhole: boolean): ConfigIssue[] {
    const value = given.get(name);
    if (value === undefined) return [];
    const isNumber = typeof value === 'number' && value >= from && value <= to;
    if (isNumber && (!isWhole || Number.isInteger(value))) return [];
    const kind = isWhole ? 'whole number' : 'number';
    return [
      configIssue(name, value, `is not a ${kind} from ${from} to ${to}`, 'write for example 5'),
    ];
  }
}
