import { type Limits, trimOws } from '@trusted-header/core';
import { bad } from '../proxy-config/check-values.js';

/**
 * Reads `groups=2048,groupsBytes=32768`. Which names there are, core knows.
 *
 * @throws CliError where it is not written so.
 */
export function limitsOf(text: string): Partial<Limits> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, name, digits] = /^\s*([A-Za-z]+)\s*=\s*(\d+)\s*$/.exec(part) ?? [];
      if (name !== undefined) return [name, Number(digits)];
      throw bad(
        '--limits',
        trimOws(part),
        'is not a limit',
        'write for example groups=2048,groupsBytes=32768',
      );
    }),
  );
}
