export type {
  Answered,
  AnsweredAs,
  CaseOptions,
  ConformanceCase,
  Conversation,
  Entry,
  Exchange,
  Expectation,
  Handled,
  HungUp,
  Listener,
  NeverHandled,
  Peer,
  Probed,
  Problem,
  WireRequest,
  Witness,
  Witnessed,
} from './case.js';
export type { ConformanceGroup } from './cases/build.js';
export { conformanceCases, conformanceGroups } from './cases/index.js';
export type { TestFramework } from './define-conformance.js';
export { defineConformance } from './define-conformance.js';
export { createLoginSetup } from './login/application.js';
export { loginCases, loginGroups } from './login/cases/index.js';
export { defineLoginConformance } from './login/define-login-conformance.js';
export type {
  LoginCase,
  LoginCaseOptions,
  LoginGroup,
  LoginRefusal,
  LoginStep,
} from './login/login-case.js';
export type {
  LoginRole,
  LoginSetup,
  LoginTarget,
  LoginUser,
  Sight,
  Visit,
} from './login/login-target.js';
export { checkLoginMatrix } from './login/matrix.js';
export { runLoginCase } from './login/run/run-login-case.js';
export { probe } from './observe/probe.js';
export { answerAs } from './run/answer-as.js';
export { runCase } from './run/run-case.js';
export type {
  ConformanceTarget,
  Observe,
  Sighting,
  TargetOptions,
  TargetSetup,
} from './target.js';
export { checkCertificateMatrix } from './tls/check-certificate-matrix.js';
export type { ClientCertificate } from './tls/client-certificates.js';
export type { HttpVersion } from './tls/measure-certificates.js';
export { utf8 } from './wire/utf8.js';
