import type { AuthenticatorOptions } from './authenticator.js';
import { quietly } from './quietly.js';

/** Compiles `log` into a writer of lines about the set-up, which belong to no request. */
export function compileNotify({
  log = (line) => console.warn(line),
}: AuthenticatorOptions): (line: string) => void {
  return (line) => {
    if (log !== false) quietly(() => log(`trusted-header: ${line}`, undefined));
  };
}
