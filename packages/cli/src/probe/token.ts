import { randomBytes } from 'node:crypto';
import { PROBE_VARIABLE } from '@trusted-header/core/probe';
import { cliError } from '../cli-error.js';

/** What the application's environment holds while it may be probed, and the requests of the probe bear. */
export const TOKEN_VARIABLE = PROBE_VARIABLE;

/** At least 128 bits: 32 hexadecimal digits, or 22 characters of base64url. */
const TOKEN = /^(?:[0-9a-fA-F]{32,128}|[A-Za-z0-9_-]{22,128})$/;

/** Makes a token of 128 bits. */
export function newToken(): string {
  return randomBytes(16).toString('hex');
}

/** Gives the token, without white space around it. Its value is in no error. */
export function checkToken(text: string, source: string): string {
  const token = text.trim();
  if (TOKEN.test(token) && !isShortHex(token)) return token;
  throw cliError(
    `${source}: its value is no token of 128 bits; write what "openssl rand -hex 16" or "npx @trusted-header/cli probe --new-token" prints, the same as in the application’s environment`,
  );
}

/** Hexadecimal digits carry four bits each: 22 of them are not enough. */
function isShortHex(token: string): boolean {
  return token.length < 32 && /^[0-9a-f]*$/i.test(token);
}
