export { DevError } from './dev-error.js';
export type { AccessRules, DevOptions, DevUpstream, DevUser, RunningDev } from './options.js';
export { startDev } from './start-dev.js';
