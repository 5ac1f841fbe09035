/** Gives the code of an error of the system, such as `ENOENT`. Other errors have none, and what is thrown need not be an error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
