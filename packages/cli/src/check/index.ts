/** What the playground of the site shares with the command: nothing here needs Node. */
export { isCliError } from '../cli-error.js';
export { visible } from '../visible.js';
export { asBytes } from './bytes.js';
export type { CheckAnswer, CheckRequest } from './check-request.js';
export { checkRequest } from './check-request.js';
export type { Row, Section } from './describe-answer.js';
export { answerJson, describeAnswer } from './describe-answer.js';
export type { CheckInput, CheckResult } from './explain-request.js';
export type { LogLine } from './log-lines.js';
export { PROFILE_IDS } from './profile-of.js';
