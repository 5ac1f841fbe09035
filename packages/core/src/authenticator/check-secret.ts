import type { ConfigIssue } from '../config/config-error.js';
import { configIssue, isObject, unknownNames } from '../config/config-issue.js';
import { checkName } from '../headers/check-name.js';
import type { SharedSecretOptions } from './proof-options.js';

const SHORTEST = 32;
/** Visible ASCII: nothing that a server would trim, decode or fold. */
const VISIBLE = /^[!-~]+$/;

const INSTEAD = "write { header: 'X-Proxy-Secret', values: [process.env.PROXY_SECRET] }";
const MAKE_ONE = 'make one with openssl rand -hex 32';
const NOT_SET = `set the environment variable that it comes from; ${MAKE_ONE}`;

/** Lists what is wrong with a shared secret. Shows nothing of its values. */
export function checkSecret(secret: SharedSecretOptions): ConfigIssue[] {
  if (!isObject(secret)) return [noSecret(secret)];
  return [
    ...unknownNames('sharedSecret.', secret, ['header', 'values']),
    ...checkName('sharedSecret.header', secret.header),
    ...checkSecretValues(secret.values),
  ];
}

/** Lists what is wrong with what is to replace the values. */
export function checkSecretChange(change: Pick<SharedSecretOptions, 'values'>): ConfigIssue[] {
  return isObject(change) ? checkSecretValues(change.values) : [noSecret(change)];
}

function noSecret(given: unknown): ConfigIssue {
  return configIssue('sharedSecret', typeof given, 'is no secret with its header', INSTEAD);
}

function checkSecretValues(values: unknown): ConfigIssue[] {
  const where = 'sharedSecret.values';
  if (!Array.isArray(values) || values.length === 0) {
    return [configIssue(where, typeof values, 'is no list with a value in it', INSTEAD)];
  }
  // Array.from: a hole in the list is a value that is not there.
  return Array.from<unknown>(values).flatMap((value, i) => checkValue(`${where}[${i}]`, value));
}

function checkValue(where: string, value: unknown): ConfigIssue[] {
  if (typeof value !== 'string') {
    const instead = value === undefined ? NOT_SET : MAKE_ONE;
    return [configIssue(where, typeof value, 'is not a string', instead)];
  }
  if (value === '') return [configIssue(where, value, 'is empty', NOT_SET)];
  const shown = `${value.length} characters`;
  if (value.length < SHORTEST) {
    return [configIssue(where, shown, `is shorter than ${SHORTEST} characters`, MAKE_ONE)];
  }
  if (VISIBLE.test(value)) return [];
  const problem = 'holds spaces, or characters that are not printable ASCII';
  return [configIssue(where, shown, problem, MAKE_ONE)];
}
