// What bundlers take for the Edge runtime: the same names, without what needs Node. Nothing is ever decided there (N7).
import type { AdapterOptions } from '@trusted-header/core';
import type { NodeRequest } from '@trusted-header/node';

export type { OnRefusal } from './answer-refusal.js';
export type { PathPolicies } from './compile-policies.js';
export type { RolePolicy } from './compile-role-policies.js';
export type { RequestWithHeaders } from './find-decision.js';
export { getDecision } from './get-decision.js';
export { getIdentity } from './get-identity.js';
export type { CookieAttributes, NextCookies } from './next-cookies.js';
export type { RequestWithCookies } from './request-cookies.js';
export type { RequestDecision, Undecided, UndecidedReason } from './request-decision.js';
export { requireIdentity } from './require-identity.js';
export type { NextSessionLibrary, SessionData } from './session-library.js';
export type { FollowSessionOptions, NextLogin, SignInOptions } from './sign-in.js';
export { signIn } from './sign-in.js';
export type { TrustedHeaderProxyOptions } from './trusted-header-proxy.js';
export { trustedHeaderProxy } from './trusted-header-proxy.js';
export { withIdentity } from './with-identity.js';
export type { UserHandler } from './with-user.js';

/** Does nothing: `instrumentation.ts` runs in both runtimes, and requests arrive in Node's. */
export function registerTrustedHeader(_options: AdapterOptions<NodeRequest>): void {}
