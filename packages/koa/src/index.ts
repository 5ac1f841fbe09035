export type { KoaAnswerer } from './answer-refusal.js';
export { requireIdentity } from './require-identity.js';
export type { TrustedHeaderState } from './state.js';
export { trustedHeader } from './trusted-header.js';
