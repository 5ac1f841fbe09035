import type { KeyStore } from './key-store.js';

/** Keeps the one secret that both sides know. Nothing is fetched. */
export function createSecretStore(secret: string): KeyStore {
  const keys = [new TextEncoder().encode(secret)];
  return {
    ready: async () => true,
    find: async () => ({ kind: 'keys', keys, mark: 0 }),
    mark: () => 0,
  };
}
