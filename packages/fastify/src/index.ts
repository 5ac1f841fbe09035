import './request.js';

export { requireIdentity } from './require-identity.js';
export { trustedHeader } from './trusted-header.js';
