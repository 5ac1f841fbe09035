import { propertyOf } from './property-of.js';

/** Gives the code of an error of the system, such as `ENOENT`. Other errors have none, and what is thrown need not be an error. */
export function codeOf(error: unknown): string | undefined {
  const code = propertyOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}
