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
  Problem,
  WireRequest,
  Witness,
  Witnessed,
} from './case.js';
export type { ConformanceGroup } from './cases/build.js';
export { conformanceCases, conformanceGroups } from './cases/index.js';
export type { TestFramework } from './define-conformance.js';
export { defineConformance } from './define-conformance.js';
export { probe } from './observe/probe.js';
export { answerAs } from './run/answer-as.js';
export { runCase } from './run/run-case.js';
export type { ConformanceTarget, Observe, Sighting, TargetSetup } from './target.js';
export { utf8 } from './wire/utf8.js';
