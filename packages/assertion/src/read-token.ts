import type { AssertionProvider } from './providers/provider.js';

/** Finds the token in a header's value: all of it, or what follows `Bearer` (RFC 6750 section 2.1). */
export function readToken(value: string, { bearer }: AssertionProvider): string | undefined {
  if (bearer === undefined) return value;
  const found = /^Bearer +(\S+)$/i.exec(value);
  if (found) return found[1];
  return bearer === 'optional' ? value : undefined;
}
