export type { DenialCode } from './accounts.js';
export type { FollowAnswer, FollowBody } from './follow.js';
export type { Followed, FollowingAuth, FollowRequest } from './follow-decision.js';
export { followDecision } from './follow-decision.js';
export { missingCookies } from './missing-cookies.js';
export type { TrustedHeaderOptions } from './options.js';
export { placeholderEmail } from './placeholder-email.js';
export { trustedHeader } from './trusted-header.js';
