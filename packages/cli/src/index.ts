export type { CheckInput, CheckResult } from './check/explain-request.js';
export { explainRequest } from './check/explain-request.js';
export { explain } from './explain/explain.js';
export type {
  AnswerCode,
  Cause,
  ExplainedCode,
  Explanation,
  ExplanationKind,
  Lines,
} from './explain/explanation.js';
export { explanations } from './explain/explanations.js';
export { proxyConfig } from './proxy-config/proxy-config.js';
export type { ProxyName } from './proxy-config/proxy-names.js';
export { PROXIES } from './proxy-config/proxy-names.js';
export type { AuthProfile, ProxyConfig, ProxySettings } from './proxy-config/settings.js';
