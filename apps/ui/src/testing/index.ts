export type { AppTarget, TestFramework } from './define-app-tests.js';
export { defineAppTests } from './define-app-tests.js';
export type { Outgoing, Reply } from './send.js';
export { send } from './send.js';
