import type { ConfigIssue } from '../config/config-error.js';
import { configIssue, unknownNames } from '../config/config-issue.js';

/**
 * Upper bounds of a claim, in UTF-8 bytes of the decoded value or in items. Over them, a user, or the groups as a whole, are
 * `header-malformed`; a name, an email, an extra or a single group is left out.
 */
export interface Limits {
  /** Default 256 bytes. */
  readonly userBytes: number;
  /** Default 512 bytes. */
  readonly nameBytes: number;
  /** Default 320 bytes: 64 before the `@` and 255 behind it (RFC 5321 section 4.5.3.1). */
  readonly emailBytes: number;
  /** Default 8 192 bytes, each `extra` value. */
  readonly extraBytes: number;
  /** Default 32 768 bytes, the whole header. Node takes 16 KiB of headers unless `--max-http-header-size` says more. */
  readonly groupsBytes: number;
  /** Default 2 048 groups. */
  readonly groups: number;
  /** Default 1 024 bytes, each group. */
  readonly groupBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  userBytes: 256,
  nameBytes: 512,
  emailBytes: 320,
  extraBytes: 8192,
  groupsBytes: 32_768,
  groups: 2048,
  groupBytes: 1024,
};

/** Lists what is wrong with given limits: unknown names, and anything but whole numbers from 1. */
export function checkLimits(limits: Partial<Limits>): ConfigIssue[] {
  const wrong = Object.entries(limits).filter(
    ([name, value]) =>
      Object.hasOwn(DEFAULT_LIMITS, name) && !(Number.isSafeInteger(value) && value > 0),
  );
  return [
    ...unknownNames('limits.', limits, Object.keys(DEFAULT_LIMITS)),
    ...wrong.map(([name, value]) =>
      configIssue(
        `limits.${name}`,
        value,
        'is not a whole number from 1',
        'write a number such as 256, or leave it out',
      ),
    ),
  ];
}
