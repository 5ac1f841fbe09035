import type { DecisionWarning, Identity, RefusalReason } from '../decision.js';
import type { Field, Fields } from '../headers/field.js';
import type { FieldLines, HeaderScan } from '../headers/scan-headers.js';
import { trimOws } from '../headers/trim-ows.js';
import { isNobody } from './is-nobody.js';
import type { Limits } from './limits.js';
import { isMalformed, type Malformed, type Reading } from './malformed.js';
import { readGroups } from './read-groups.js';
import { isEmail, readName, readValue } from './read-value.js';
import { withEntry } from './with-entry.js';

/** Why a claim is not an identity. */
export interface ClaimFault {
  readonly reason: RefusalReason;
  readonly header: string;
  readonly detail?: string;
}

/** What a claim came to; undefined where it is the provider's nobody (H13). */
export type IdentityReading =
  | {
      readonly identity: Identity;
      readonly warnings: readonly DecisionWarning[];
      readonly fault?: never;
    }
  | { readonly fault: ClaimFault }
  | undefined;

// Requests share it, so that nobody may change it.
const NO_WARNINGS: readonly DecisionWarning[] = Object.freeze([]);

const COMMA: Malformed = { detail: 'a comma in a single line' };
const NO_EMAIL: Malformed = { detail: 'not one @ between two parts' };

/**
 * Reads the identity out of scanned headers that are neither repeated nor aliased (H2, H4–H7).
 *
 * A fault in what identifies costs the login: refused are a claim without a user, and a user, or groups as a whole, that
 * are malformed. A fault in anything else costs that value only, which is left out, with a warning.
 *
 * @param isJoined Lines cannot be counted, so that a comma in user or email may be two of them (H2): `header-repeated`.
 */
export function readIdentity(
  fields: Fields,
  scan: HeaderScan,
  limits: Limits,
  isJoined: boolean,
): IdentityReading {
  const { user: userField, others, nobody } = fields;
  const { lines } = scan;
  const userLine = firstOf(lines[userField.index]);
  if (isJoined && userLine.includes(',')) return joined(userField);
  // First of all: what stands for nobody may look like nothing, such as `-`.
  if (nobody?.has(trimOws(userLine))) return undefined;
  const user = readUser(userLine, userField, limits);
  if (isMalformed(user)) return malformed(userField, user);
  if (nobody && isNobody(fields, scan, user, limits)) return undefined;
  if (user === undefined) return missing(userField, others, lines);

  let warnings = NO_WARNINGS;
  let groups: Identity['groups'];
  let name: Identity['name'];
  let email: Identity['email'];
  let extra: Identity['extra'];
  for (const field of others) {
    const { kind, index } = field;
    switch (kind) {
      case 'groups': {
        const found = readGroups(lines[index], field, limits);
        if (found === undefined) break;
        if (found.detail !== undefined) return malformed(field, found);
        groups = found.groups;
        if (found.dropped) warnings = withWarning(warnings, 'group-dropped', field, found.dropped);
        break;
      }
      case 'email': {
        const line = firstOf(lines[index]);
        if (isJoined && line.includes(',')) return joined(field);
        const found = readEmail(line, field, limits);
        if (!isMalformed(found)) email = found;
        // A user that is no address is a user.
        else if (index !== userField.index) {
          warnings = withWarning(warnings, 'email-dropped', field, found);
        }
        break;
      }
      case 'name': {
        const found = readName(firstOf(lines[index]), field, limits.nameBytes);
        if (isMalformed(found)) warnings = withWarning(warnings, 'name-dropped', field, found);
        else name = found;
        break;
      }
      case 'extra': {
        const line = firstOf(lines[index]);
        const found = readValue(line, field, 'extraBytes', limits.extraBytes);
        if (isMalformed(found)) warnings = withWarning(warnings, 'extra-dropped', field, found);
        else if (found !== undefined) extra = withEntry(extra, field.key, found);
        break;
      }
    }
  }
  return { identity: identityOf(user, groups, name, email, extra), warnings };
}

/** Leaves out what is not there. */
function identityOf(
  user: Identity['user'],
  groups: Identity['groups'],
  name: Identity['name'],
  email: Identity['email'],
  extra: Identity['extra'],
): Identity {
  return {
    user,
    ...(groups && { groups }),
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(extra && { extra }),
  };
}

function readUser(line: string, field: Field, { userBytes }: Limits): Reading {
  if (!field.mayHoldComma && line.includes(',')) return COMMA;
  return readValue(line, field, 'userBytes', userBytes);
}

function readEmail(line: string, field: Field, { emailBytes }: Limits): Reading {
  if (line.includes(',')) return COMMA;
  const found = readValue(line, field, 'emailBytes', emailBytes);
  return typeof found === 'string' && !isEmail(found) ? NO_EMAIL : found;
}

/** An email alone is what some products send unless told otherwise. */
function missing(
  { header }: Field,
  others: Fields['others'],
  lines: HeaderScan['lines'],
): IdentityReading {
  const email = others.find(
    ({ kind, index }) => kind === 'email' && trimOws(firstOf(lines[index])) !== '',
  );
  const detail = email && { detail: `but with ${email.header}` };
  return { fault: { reason: 'user-missing', header, ...detail } };
}

function joined({ header }: Field): IdentityReading {
  const detail = 'a comma, as in lines that were joined';
  return { fault: { reason: 'header-repeated', header, detail } };
}

function malformed({ header }: Field, { detail }: Malformed): IdentityReading {
  return { fault: { reason: 'header-malformed', header, detail } };
}

function withWarning(
  warnings: readonly DecisionWarning[],
  code: DecisionWarning['code'],
  { header }: Field,
  { detail }: Malformed,
): readonly DecisionWarning[] {
  return [...warnings, { code, header, detail }];
}

/** Several lines of one of these are refused before they are read. */
function firstOf(lines: FieldLines): string {
  return typeof lines === 'string' ? lines : (lines?.[0] ?? '');
}
