export type { ProbeAnswer } from './probe-answer.js';
export { probeAnswer } from './probe-answer.js';
export type { ProbeLine } from './probe-lines.js';
export type {
  ProbeArrival,
  ProbeDecision,
  ProbeIdentity,
  ProbeReport,
} from './probe-report.js';
export { PROBE_VERSION, probeReport } from './probe-report.js';
export { PROBE_VARIABLE } from './probe-token.js';
export type { ProbeHost, ProbeWindow } from './probe-window.js';
export { hasProbe, isProbeHeader, openProbeWindow, PROBE_HEADER } from './probe-window.js';
