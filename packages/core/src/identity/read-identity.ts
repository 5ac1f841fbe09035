import type { DecisionWarning, Identity, RefusalReason } from '../decision.js';
import type { Field, Fields } from '../headers/compile-fields.js';
import type { FieldLines, HeaderScan } from '../headers/scan-headers.js';
import type { Limits } from './limits.js';
import { readGroups } from './read-groups.js';
import { MALFORMED, readName, readValue } from './read-value.js';

/** Why a claim is not an identity. */
export interface ClaimFault {
  readonly reason: RefusalReason;
  readonly header: string;
}

/** What a claim came to. */
export type IdentityReading =
  | {
      readonly identity: Identity;
      readonly warnings: readonly DecisionWarning[];
      readonly fault?: never;
    }
  | { readonly fault: ClaimFault };

// Requests share it, so that nobody may change it.
const NO_WARNINGS: readonly DecisionWarning[] = Object.freeze([]);

/**
 * Reads the identity out of scanned headers that are neither repeated nor aliased (H2, H4–H7).
 *
 * Refuses a claim without a user, a malformed value, and a comma in user or email, which is what two joined lines look
 * like. A malformed name or group is left out, with a warning.
 */
export function readIdentity(
  { user: userField, others }: Fields,
  { lines }: HeaderScan,
  limits: Limits,
): IdentityReading {
  const user = readSingle(userField, lines, limits.userBytes);
  if (user === undefined) return faulty('user-missing', userField);
  if (typeof user !== 'string') return { fault: user };

  let warnings = NO_WARNINGS;
  let groups: Identity['groups'];
  let name: Identity['name'];
  let email: Identity['email'];
  let extra: Identity['extra'];
  for (const field of others) {
    const { kind, index } = field;
    switch (kind) {
      case 'groups': {
        const found = lines[index];
        if (found === undefined) break;
        const list: string[] = [];
        const outcome = readGroups(list, found, field, limits);
        if (outcome === MALFORMED) return faulty('header-malformed', field);
        if (outcome === 'partial') warnings = withWarning(warnings, 'group-dropped', field);
        groups = list;
        break;
      }
      case 'email': {
        const found = readSingle(field, lines, limits.emailBytes);
        if (found === undefined) break;
        if (typeof found !== 'string') return { fault: found };
        if (!isEmail(found)) return faulty('header-malformed', field);
        email = found;
        break;
      }
      case 'name': {
        const found = readName(firstOf(lines[index]), field.encoding, limits.nameBytes);
        if (found === MALFORMED) warnings = withWarning(warnings, 'name-dropped', field);
        else name = found;
        break;
      }
      case 'extra': {
        const found = readValue(firstOf(lines[index]), field.encoding, limits.nameBytes);
        if (found === MALFORMED) return faulty('header-malformed', field);
        if (found !== undefined) extra = withEntry(extra, field.key, found);
        break;
      }
    }
  }
  return { identity: identityOf(user, groups, name, email, extra), warnings };
}

/** Leaves out what is not there. Nearly always all four are, and one literal is quicker than parts put together. */
function identityOf(
  user: Identity['user'],
  groups: Identity['groups'],
  name: Identity['name'],
  email: Identity['email'],
  extra: Identity['extra'],
): Identity {
  if (groups && name !== undefined && email !== undefined && !extra) {
    return { user, groups, name, email };
  }
  return {
    user,
    ...(groups && { groups }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(extra && { extra }),
  };
}

function faulty(reason: RefusalReason, { header }: Field): IdentityReading {
  return { fault: { reason, header } };
}

function withWarning(
  warnings: readonly DecisionWarning[],
  code: DecisionWarning['code'],
  { header }: Field,
): readonly DecisionWarning[] {
  return [...warnings, { code, header }];
}

/** Reads a value in which a comma means two lines that somebody has joined (H2). */
function readSingle(
  { index, encoding, header }: Field,
  lines: HeaderScan['lines'],
  maxBytes: number,
): string | undefined | ClaimFault {
  const raw = firstOf(lines[index]);
  if (raw.includes(',')) return { reason: 'header-repeated', header };
  const value = readValue(raw, encoding, maxBytes);
  return value === MALFORMED ? { reason: 'header-malformed', header } : value;
}

/** Several lines of one of these are refused before they are read. */
function firstOf(lines: FieldLines): string {
  return typeof lines === 'string' ? lines : (lines?.[0] ?? '');
}

/** Adds an own property, whatever its name: `__proto__` is ordinary text (H9). */
function withEntry(
  extra: Identity['extra'],
  key: string,
  value: string,
): NonNullable<Identity['extra']> {
  return Object.fromEntries([...Object.entries(extra ?? {}), [key, value]]);
}

/** Exactly one `@` between parts that are not empty. More than that is the identity provider's business. */
function isEmail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && at < text.length - 1 && text.indexOf('@', at + 1) < 0;
}
