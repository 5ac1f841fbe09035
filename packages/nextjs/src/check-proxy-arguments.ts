import {
  ConfigError,
  type ConfigIssue,
  configIssue,
  isObject,
  unknownNames,
} from '@trusted-header/core';

/**
 * Checks what a function for `proxy.ts` is given: the application's own function, options, or both in this order. What nobody reads,
 * such as a misspelt `policies`, would protect nothing.
 *
 * @param names Of the options.
 * @throws {ConfigError} `option-invalid`
 */
export function checkProxyArguments(
  first: unknown,
  second: unknown,
  names: readonly string[],
): void {
  const isFirst = first !== undefined && typeof first !== 'function';
  const options = isFirst ? first : second;
  if (options === undefined) return;
  if (!isObject(options) || Array.isArray(options)) {
    const instead = `write { ${names.join(', ')} }, behind the function of your own, or leave it out`;
    raise([configIssue('options', options, 'is no options object', instead)]);
  }
  const issues = unknownNames('', options, names);
  if (isFirst && second !== undefined) {
    const instead = 'write a function of your own first, and all options in one object behind it';
    issues.push(configIssue('options', second, 'comes behind options, and is not read', instead));
  }
  if (issues.length > 0) raise(issues);
}

function raise(issues: readonly ConfigIssue[]): never {
  throw new ConfigError('option-invalid', issues);
}
