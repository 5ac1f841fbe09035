import type { AssertionProvider } from './providers/provider.js';

/** Finds the token in a header's value: all of it, or, where the provider's may have it, what follows `Bearer` (RFC 6750 section 2.1). */
export function readToken(value: string, { bearer }: AssertionProvider): string {
  return (bearer === true && /^Bearer +(\S+)$/i.exec(value)?.[1]) || value;
}
