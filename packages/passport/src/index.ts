export type { StrategyOptions } from './strategy-options.js';
export { TrustedHeaderStrategy } from './trusted-header-strategy.js';
export type { Done, Verify, VerifyWithRequest } from './verify.js';
