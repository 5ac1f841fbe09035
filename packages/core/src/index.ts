export type {
  AdapterOptions,
  AdmissionOptions,
  AnonymousMode,
  AnonymousRule,
  SameOriginMode,
  SignInPage,
} from './adapter/adapter-options.js';
export { checkAdmission } from './adapter/check-admission.js';
export type { Admission } from './adapter/compile-admission.js';
export { compileAdmission } from './adapter/compile-admission.js';
export type { AnonymousTest } from './adapter/compile-anonymous.js';
export { compileAnonymous } from './adapter/compile-anonymous.js';
export type { Guard, GuardArguments } from './adapter/compile-guard.js';
export {
  anyUser,
  compileGuard,
  refusalOf,
  tellDenial,
  tellLogin,
  tellRefusal,
} from './adapter/compile-guard.js';
export { isOpenPath } from './adapter/compile-open.js';
export type { RequestSlot } from './adapter/create-request-slot.js';
export { createRequestSlot } from './adapter/create-request-slot.js';
export type { Slot } from './adapter/create-slot.js';
export { createSlot } from './adapter/create-slot.js';
export { decideUntold } from './adapter/decide-untold.js';
export { factsFromFetch } from './adapter/facts-from-fetch.js';
export { keepUntold, tellUntold } from './adapter/keep-untold.js';
export { prepareUntold } from './adapter/prepare-untold.js';
export type { RequestState } from './adapter/request-states.js';
export {
  keepDecision,
  keptDecision,
  shareState,
  showDecision,
  shownDecision,
  stateOf,
} from './adapter/request-states.js';
export type { ResolvedAdapterOptions } from './adapter/resolve-adapter-options.js';
export { resolveAdapterOptions } from './adapter/resolve-adapter-options.js';
export type { RequestShape } from './adapter/same-origin.js';
export { linesOf } from './adapter/same-origin.js';
export type {
  AnyAuthenticator,
  AsyncAuthenticator,
  Authenticator,
  AuthenticatorOptions,
  ProfileOption,
  RequiredValue,
} from './authenticator/authenticator.js';
export { checkOptionsObject } from './authenticator/check-options.js';
export { createAuthenticator } from './authenticator/create-authenticator.js';
export type { ChannelSubscriber, DecisionChannel } from './authenticator/decision-channel.js';
export { tellOnChannel } from './authenticator/decision-channel.js';
export type {
  About,
  DecisionEvent,
  Denied,
  EventReason,
  Listeners,
  LoginOutcome,
  RouteOf,
  Told,
} from './authenticator/decision-event.js';
export type { AuthenticatorSetup } from './authenticator/known-authenticators.js';
export { isAuthenticator, setupOf } from './authenticator/known-authenticators.js';
export type { LiveLists } from './authenticator/live-lists.js';
export type { Proof, ProofQuestion, Verdict } from './authenticator/proof.js';
export type { ProofChanges, SharedSecretOptions } from './authenticator/proof-options.js';
export { withProof } from './authenticator/with-proof.js';
export type { CertificateFacts, ForwardedCertificate } from './certificate/certificate-facts.js';
export type { ClientCertificateOptions } from './certificate/compile-certificate-rule.js';
export { xForwardedClientCert } from './certificate/x-forwarded-client-cert.js';
export type { ConfigErrorCode, ConfigIssue } from './config/config-error.js';
export { ConfigError } from './config/config-error.js';
export { configIssue, isObject, unknownNames } from './config/config-issue.js';
export { sharedState } from './config/shared-state.js';
export type {
  Anonymous,
  Authenticated,
  Decision,
  DecisionWarning,
  DenialReason,
  Identity,
  PolicyDenial,
  RefusalReason,
  Refused,
  RequestFacts,
  TrustedSource,
} from './decision.js';
export { trimOws } from './headers/trim-ows.js';
export type { Limits } from './identity/limits.js';
export type { ProvenIdentity } from './identity/read-proven.js';
export { authorize, compilePolicy } from './policy/compile-policy.js';
export { lowerCase } from './policy/lower-case.js';
export type { Authorization, Policy } from './policy/policy.js';
export { prefersHtml } from './problem/prefers-html.js';
export type { Problem, ProblemResponse, Refusal } from './problem/problem.js';
export { problemOf } from './problem/problem-of.js';
export type { ProblemLinks } from './problem/problem-page.js';
export type { RefusalError } from './problem/refusal-error.js';
export { refusalError } from './problem/refusal-error.js';
export type { ProblemOptions } from './problem/render-problem.js';
export { renderProblem } from './problem/render-problem.js';
export { defineProfile } from './profiles/define-profile.js';
export type {
  GroupsSource,
  HeaderEncoding,
  HeaderProfile,
  HeaderSource,
  UserSource,
  ValueSource,
} from './profiles/header-profile.js';
export type { ProfileId } from './profiles/known-profiles.js';
export type { AuditCode, AuditFinding } from './trust/audit-finding.js';
export { auditTrustedProxies } from './trust/audit-trusted-proxies.js';
export { compileTrust } from './trust/compile-trust.js';
export type { Trust } from './trust/trust.js';
export type { TrustedProxies } from './trust/trusted-proxies.js';
