import 'reflect-metadata';

export type { TrustedHeaderRequest } from './decision-of.js';
export { decisionOf } from './decision-of.js';
export {
  AllowAnonymous,
  CurrentIdentity,
  RequireGroups,
  RequirePolicy,
} from './decorators.js';
export type { TrustedHeaderModuleOptions } from './options.js';
export { TrustedHeaderException } from './trusted-header-exception.js';
export { TrustedHeaderGuard } from './trusted-header-guard.js';
export type {
  TrustedHeaderModuleAsyncOptions,
  TrustedHeaderModuleExtras,
  TrustedHeaderOptionsFactory,
} from './trusted-header-module.js';
export { TrustedHeaderModule } from './trusted-header-module.js';
