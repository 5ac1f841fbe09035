export type { ComparisonOptions } from './claim.js';
export type {
  JwtParams,
  TrustedHeaderCallbacks,
  TrustedHeaderCallbacksOptions,
} from './trusted-header-callbacks.js';
export { trustedHeaderCallbacks } from './trusted-header-callbacks.js';
export type { TrustedHeaderJwt, TrustedHeaderJwtOptions } from './trusted-header-jwt.js';
export { trustedHeaderJwt } from './trusted-header-jwt.js';
export type {
  AuthUser,
  TrustedHeaderProvider,
  TrustedHeaderProviderOptions,
} from './trusted-header-provider.js';
export { trustedHeaderProvider } from './trusted-header-provider.js';
