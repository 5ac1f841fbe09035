import type { HeaderProfile } from '@trusted-header/core';
import type { Dump } from './dump.js';
import { identityLines } from './profile-headers.js';

/** Method (a token), target (any bytes but SP: curl sends what it was given), version. */
export const REQUEST_LINE = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ [^ ]+ HTTP\/\d(?:\.\d)?$/;

/** Version, status; the reason may be missing. */
export const STATUS_LINE = /^HTTP\/\d(?:\.\d)? \d{3}(?: .*)?$/;

/** Finds the last message that begins so, and its header lines: up to an empty line. */
export function lastMessage(
  lines: readonly string[],
  startLine: RegExp,
): { readonly start: string; readonly lines: readonly string[] } | undefined {
  const at = lines.reduce((last, line, i) => (startLine.test(line) ? i : last), -1);
  const start = lines[at];
  if (start === undefined) return undefined;
  const rest = lines.slice(at + 1);
  const end = rest.indexOf('');
  return { start, lines: end < 0 ? rest : rest.slice(0, end) };
}

/** What a proxy makes of an authorization server's answer: the identity headers of a good one, nothing of another. */
export function answerDump(
  start: string,
  rawHeaders: readonly string[],
  profile: HeaderProfile,
): Dump {
  const status = /\b\d{3}\b/.exec(start)?.[0] ?? '';
  const isGood = status.startsWith('2');
  return {
    rawHeaders: isGood ? identityLines(profile, rawHeaders) : [],
    read: isGood
      ? `the answer (${status}), of which a proxy copies the identity headers`
      : `the answer (${status}), of which a proxy copies nothing: nobody is signed in there`,
  };
}
