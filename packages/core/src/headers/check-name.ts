import type { ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import { foldName } from './fold-name.js';
import { FORBIDDEN_NAMES } from './forbidden-names.js';
import { isToken } from './is-token.js';

/** Lists what is wrong with a name. One with `_` may be a vendor's, and cannot be changed: it is read exactly so (H8). */
export function checkName(where: string, header: unknown): ConfigIssue[] {
  if (typeof header !== 'string' || !isToken(header)) {
    return [
      configIssue(
        where,
        header,
        'is not a header name (RFC 9110 token)',
        "write for example 'Remote-User'",
      ),
    ];
  }
  if (FORBIDDEN_NAMES.has(foldName(header))) {
    return [
      configIssue(
        where,
        header,
        'has a meaning of its own: servers fold, drop or rewrite it',
        'choose a header of its own, such as Remote-User',
      ),
    ];
  }
  return [];
}
