/** Gives what an error says. Not by `instanceof`: in jest, Node's own errors are of another realm. */
export function messageOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return String(isObject && 'message' in error ? error.message : error);
}
