export type { ProbeCaseId } from './case-id.js';
export type { Vantage } from './cases/case.js';
export { runProbe } from './run-probe.js';
export type {
  Level,
  ProbeOutcome,
  ProbePlace,
  ProbeResult,
  ProbeSettings,
  Verdict,
} from './settings.js';
export { newToken } from './token.js';
