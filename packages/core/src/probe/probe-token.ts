import { ConfigError } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';

/** The environment variable that opens the probe's receiver. */
export const PROBE_VARIABLE = 'TRUSTED_HEADER_PROBE';

const TOKEN = /^[\w-]{22,128}$/;
const HEXADECIMAL = /^[\da-f]+$/i;
/** 128 bits as hexadecimal digits. In base64url, 22 characters are as many. */
const FEWEST_DIGITS = 32;

/**
 * Checks the token that the probe has to bear.
 *
 * Refuses what is shorter than 128 bits, longer than 128 characters, or holds anything but letters, digits, `-` and `_`. The error
 * shows nothing of it.
 *
 * @throws {ConfigError} `option-invalid`
 */
export function checkProbeToken(token: string): void {
  if (!TOKEN.test(token)) throw fault(token, 'is no token of 22 to 128 letters, digits, - and _');
  const isShort = HEXADECIMAL.test(token) && token.length < FEWEST_DIGITS;
  if (isShort) throw fault(token, 'is shorter than 32 hexadecimal digits, which are 128 bits');
}

function fault(token: string, problem: string): ConfigError {
  const instead =
    'make one with openssl rand -hex 16 or npx @trusted-header/cli probe --new-token, or unset the variable';
  return new ConfigError('option-invalid', [
    configIssue(PROBE_VARIABLE, `${token.length} characters`, problem, instead),
  ]);
}
