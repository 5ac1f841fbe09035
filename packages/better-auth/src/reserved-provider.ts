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

/** A database may compare without case, accents and what is not to be seen; parts of a path come encoded. */
function isOurs(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const plain = decoded(value)
    .normalize('NFKD')
    .replaceAll(/[^!-~]/g, '');
  return plain.toLowerCase() === PROVIDER;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
