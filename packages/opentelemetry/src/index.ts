export type { ObserveOptions, UserOptions } from './observe-decisions.js';
export { observeDecisions } from './observe-decisions.js';
