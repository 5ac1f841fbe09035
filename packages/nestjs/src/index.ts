import 'reflect-metadata';

export type { Decision, Identity, Policy } from '@trusted-header/core';
export { expressSession, fastifySession } from '@trusted-header/login';
export type { TrustedHeaderRequest } from './decision-of.js';
export { decisionOf } from './decision-of.js';
export {
  AllowAnonymous,
  CurrentIdentity,
  RequireGroups,
  RequirePolicy,
} from './decorators.js';
export type { TrustedHeaderModuleOptions } from './options.js';
export { SignInGuard } from './sign-in-guard.js';
export type {
  SignInModuleAsyncOptions,
  SignInModuleExtras,
  SignInOptionsFactory,
} from './sign-in-module.js';
export { SignInModule } from './sign-in-module.js';
export type { SignInModuleOptions } from './sign-in-options.js';
export { signInAgain, signOut } from './sign-out.js';
export { TrustedHeaderException } from './trusted-header-exception.js';
export { TrustedHeaderGuard } from './trusted-header-guard.js';
export type {
  TrustedHeaderModuleAsyncOptions,
  TrustedHeaderModuleExtras,
  TrustedHeaderOptionsFactory,
} from './trusted-header-module.js';
export { TrustedHeaderModule } from './trusted-header-module.js';
export { CurrentUser, RequireRole, RequireUser } from './user-decorators.js';
