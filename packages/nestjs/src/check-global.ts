import { ConfigError, configIssue } from '@trusted-header/core';

/**
 * Refuses what is neither true nor false: without the guard on every handler, whoever is nobody has them all.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkGlobal(global: unknown): void {
  if (typeof global === 'boolean') return;
  const instead = 'write false for a guard on some handlers only, or leave it out';
  throw new ConfigError('option-invalid', [
    configIssue('global', global, 'is neither true nor false', instead),
  ]);
}
