export type { RequestWithHeaders } from './find-decision.js';
export { getDecision } from './get-decision.js';
export { getIdentity } from './get-identity.js';
export { registerTrustedHeader } from './register-trusted-header.js';
export type { RequestDecision, Undecided, UndecidedReason } from './request-decision.js';
export { requireIdentity } from './require-identity.js';
export type { TrustedHeaderProxyOptions } from './trusted-header-proxy.js';
export { trustedHeaderProxy } from './trusted-header-proxy.js';
export { withIdentity } from './with-identity.js';
