export { announce } from './announce.js';
export type { WebServer } from './create-web-server.js';
export { createWebServer } from './create-web-server.js';
export { exitWithError } from './exit-with-error.js';
export { followTls } from './follow-tls.js';
export type { Environment } from './read-environment.js';
export { readEnvironment, withSecretOfFile } from './read-environment.js';
export { stopOnSignal } from './stop-on-signal.js';
