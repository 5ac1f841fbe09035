import type { AssertionProvider } from '../providers/provider.js';
import type { Environment } from '../verifier/environment.js';
import type { KeyEvent } from './key-event.js';
import { createKeySetStore } from './key-set-store.js';
import type { KeyStore } from './key-store.js';
import { createPemStore } from './pem-store.js';
import { createSecretStore } from './secret-store.js';

/** Makes the store for where a provider's keys are. */
export function createKeyStore(
  { keys, algorithms, emptyKeySet }: AssertionProvider,
  maxStaleMs: number,
  environment: Environment,
  tell: (event: KeyEvent) => void,
): KeyStore {
  switch (keys.kind) {
    case 'secret':
      return createSecretStore(keys.secret);
    case 'jwks':
      return createKeySetStore({ url: keys.url, maxStaleMs, emptyKeySet, environment, tell });
    case 'pem-per-key':
      return createPemStore({
        url: keys.url,
        alg: algorithms[0] ?? 'ES256',
        maxStaleMs,
        environment,
        tell,
      });
  }
}
