import type { HookEndpointContext } from '@better-auth/core';
import { APIError } from 'better-auth/api';
import { PROVIDER } from './accounts.js';

/** Where endpoints name a provider: in the path, or in the body. */
const PARAMETERS = ['providerId', 'id'];
const FIELDS = ['providerId', 'provider'];

/**
 * Tells whether a request is about a login by the name of our accounts. Whoever may choose the id of a provider, as every user may with
 * the plugin `@better-auth/sso`, also chooses whom it names: they would become any user of the proxy's.
 */
export function namesOurProvider({ params, body }: HookEndpointContext): boolean {
  return [...valuesOf(params, PARAMETERS), ...valuesOf(body, FIELDS)].some(isOurs);
}

/** @throws {APIError} 422, always. */
export async function refuseOurProvider(): Promise<never> {
  throw new APIError('UNPROCESSABLE_ENTITY', {
    code: 'PROVIDER_ID_RESERVED',
    message: `"${PROVIDER}" is the provider of the accounts that the proxy names; write another providerId`,
  });
}

function valuesOf(from: unknown, names: readonly string[]): unknown[] {
  if (typeof from !== 'object' || from === null) return [];
  return names.map((name) => Reflect.get(from, name));
}

/** Compares as databases do that know no case, no accents and no strokes (`đ` is `d` in MySQL 8). */
const sameLetters = new Intl.Collator('und', { sensitivity: 'base' });

/** Besides, nothing counts that is not to be seen; and parts of a path come encoded. */
function isOurs(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const seen = decoded(value)
    .normalize('NFKD')
    .replaceAll(/[\p{C}\p{M}\p{Z}]/gu, '');
  return sameLetters.compare(seen, PROVIDER) === 0;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
