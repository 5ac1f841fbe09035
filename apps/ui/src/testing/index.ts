export { createBrowser } from './create-browser.js';
export type { AppTarget, Served, TestFramework } from './define-app-tests.js';
export { defineAppTests } from './define-app-tests.js';
export { listen } from './listen.js';
export { runMain } from './run-main.js';
export type { Outgoing, Reply } from './send.js';
export { send } from './send.js';
