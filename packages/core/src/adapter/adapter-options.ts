import type { Authenticator, AuthenticatorOptions } from '../authenticator/authenticator.js';

/** What happens to a request that claims nothing: `refuse` (401, default), or `allow` it through without an identity. */
export type AnonymousMode = 'refuse' | 'allow';

/** What every adapter's `trustedHeader` takes: options, or a ready authenticator (bare, or with `anonymous`). */
export type AdapterOptions =
  | Authenticator
  | (AuthenticatorOptions & { readonly anonymous?: AnonymousMode })
  | { readonly authenticator: Authenticator; readonly anonymous?: AnonymousMode };
