import './request.js';

export { requireIdentity } from './require-identity.js';
export type { ExpressAnswerer } from './trusted-header.js';
export { trustedHeader } from './trusted-header.js';
