export { factsFromRequest } from './facts-from-request.js';
export type { NodeRequest } from './node-request.js';
export { rejectUpgrade, sendProblem } from './send-problem.js';
export { stripHeaders } from './strip-headers.js';
