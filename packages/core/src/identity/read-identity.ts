import type { DecisionWarning, Identity, RefusalReason } from '../decision.js';
import type { Field } from '../headers/compile-fields.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import type { Limits } from './limits.js';
import { readGroups } from './read-groups.js';
import { MALFORMED, readValue } from './read-value.js';

/** Why a claim is not an identity. */
export interface ClaimFault {
  readonly reason: RefusalReason;
  readonly header: string;
}

/** What a claim came to. */
export type IdentityReading =
  | { readonly identity: Identity; readonly warnings: readonly DecisionWarning[] }
  | ClaimFault;

const NO_WARNINGS: readonly DecisionWarning[] = [];

/**
 * Reads the identity out of scanned headers that are neither repeated nor aliased (H2, H4–H7).
 *
 * Refuses a claim without a user, a malformed value, and a comma in user or email, which is what two joined lines look
 * like. A malformed name is left out, with a warning.
 */
export function readIdentity(
  fields: readonly Field[],
  scan: HeaderScan,
  limits: Limits,
): IdentityReading {
  let user: string | undefined;
  let groups: readonly string[] | undefined;
  let name: string | undefined;
  let email: string | undefined;
  let warnings = NO_WARNINGS;
  const extra: [string, string][] = [];

  for (const field of fields) {
    const lines = scan.linesOf(field);
    const { kind, header } = field;
    if (kind === 'groups') {
      const list = readGroups(lines, field, limits);
      if (list === MALFORMED) return { reason: 'header-malformed', header };
      groups = list;
      continue;
    }
    const raw = lines[0] ?? '';
    if ((kind === 'user' || kind === 'email') && raw.includes(',')) {
      return { reason: 'header-repeated', header };
    }
    const value = readValue(raw, field.encoding, bytesAllowed(kind, limits));
    switch (kind) {
      case 'user':
        if (value === undefined) return { reason: 'user-missing', header };
        if (value === MALFORMED) return { reason: 'header-malformed', header };
        user = value;
        break;
      case 'email':
        if (value === MALFORMED || (value !== undefined && !isEmail(value))) {
          return { reason: 'header-malformed', header };
        }
        email = value;
        break;
      case 'name':
        if (value === MALFORMED) warnings = [{ code: 'name-dropped', header }];
        else name = value;
        break;
      case 'extra':
        if (value === MALFORMED) return { reason: 'header-malformed', header };
        if (value !== undefined) extra.push([field.key, value]);
        break;
    }
  }
  if (user === undefined) return { reason: 'user-missing', header: fields[0]?.header ?? '' };
  return {
    identity: {
      user,
      ...(groups && { groups }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
      ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
    },
    warnings,
  };
}

function bytesAllowed(kind: Exclude<Field['kind'], 'groups'>, limits: Limits): number {
  switch (kind) {
    case 'user':
      return limits.userBytes;
    case 'email':
      return limits.emailBytes;
    case 'name':
    case 'extra':
      return limits.nameBytes;
  }
}

/** Exactly one `@` between parts that are not empty. More than that is the identity provider's business. */
function isEmail(text: string): boolean {
  return /^[^@]+@[^@]+$/.test(text);
}
