import './request.js';

export type { Decision, Identity, Policy } from '@trusted-header/core';
export { expressSession } from '@trusted-header/login';
export type { OnRefusal } from './answer-refusal.js';
export { ironSession } from './iron-session.js';
export { requireIdentity } from './require-identity.js';
export { requireRole } from './require-role.js';
export { requireUser } from './require-user.js';
export type { SignInOptions } from './sign-in.js';
export { signIn } from './sign-in.js';
export { signInAgain, signOut } from './sign-out.js';
export { trustedHeader } from './trusted-header.js';
