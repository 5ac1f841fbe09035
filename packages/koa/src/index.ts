export { koaSession } from './koa-session.js';
export { requireIdentity } from './require-identity.js';
export { requireRole } from './require-role.js';
export { requireUser } from './require-user.js';
export type { SignInOptions } from './sign-in.js';
export { signIn } from './sign-in.js';
export { signInAgain, signOut } from './sign-out.js';
export type { TrustedHeaderState } from './state.js';
export { trustedHeader } from './trusted-header.js';
