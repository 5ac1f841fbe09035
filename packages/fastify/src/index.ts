import './request.js';

export { requireIdentity } from './require-identity.js';
export type { FastifyAnswerer } from './trusted-header.js';
export { trustedHeader } from './trusted-header.js';
