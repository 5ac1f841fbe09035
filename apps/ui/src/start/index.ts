export { announce } from './announce.js';
export { exitWithError } from './exit-with-error.js';
export type { Environment } from './read-environment.js';
export { readEnvironment } from './read-environment.js';
export { stopOnSignal } from './stop-on-signal.js';
