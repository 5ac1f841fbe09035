export type { Decision, Identity, Policy } from '@trusted-header/core';
export type { Handler, OnRefusal } from './handler.js';
export type { DecidedRequest } from './request.js';
export { requireIdentity } from './require-identity.js';
export { trustedHeader } from './trusted-header.js';
