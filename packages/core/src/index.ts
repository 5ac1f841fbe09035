export type { AdapterOptions, AnonymousMode } from './adapter-options.js';
export type {
  Authenticator,
  AuthenticatorOptions,
  RequiredValue,
} from './authenticator/authenticator.js';
export type { DecisionEvent, DecisionWarning } from './authenticator/decision-event.js';
export type { Limits } from './authenticator/limits.js';
export type { ConfigErrorCode, ConfigIssue } from './config/config-error.js';
export { ConfigError } from './config/config-error.js';
export type {
  Anonymous,
  Authenticated,
  Decision,
  Identity,
  RefusalReason,
  Refused,
  RequestFacts,
  TrustedSource,
} from './decision.js';
export type { Authorization, DenialReason, Policy } from './policy/policy.js';
export type { Problem, ProblemResponse, Refusal } from './problem/problem.js';
export type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
} from './profiles/header-profile.js';
export type { TrustedProxies } from './trust/trusted-proxies.js';
