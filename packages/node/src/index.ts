export type { Slot } from './create-slot.js';
export { createSlot } from './create-slot.js';
export { factsFromRequest } from './facts-from-request.js';
export type { NodeRequest } from './node-request.js';
export { isOwnConnection } from './own-connections.js';
export { rejectUpgrade, sendProblem } from './send-problem.js';
export { stripHeaders } from './strip-headers.js';
