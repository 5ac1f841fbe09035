import type { Identity } from '../decision.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import type { Limits } from './limits.js';

// A short cut, and nothing but: what is not ordinary is read the long way, and what is would come to the same there.

/** It is ASCII and begins with a letter or a digit; none of its marks has a meaning to a list, a template or a script. */
const VALUE = /^[0-9A-Za-z](?:[\w '()+./@-]*[\w'()+./@-])?$/;

const EMAIL = /^[0-9A-Za-z][\w.+-]*@[0-9A-Za-z][\w.-]*$/;

/** The headers of a profile of a user, groups, a name and an email. Their lines are values as they stand if they are ASCII. */
export interface OrdinaryFields {
  readonly user: number;
  readonly groups: number;
  readonly name: number;
  readonly email: number;
  /** Between groups: the code of an ASCII character. */
  readonly separator: number;
  readonly nobody: ReadonlySet<string> | undefined;
}

/** Gives the identity of a claim whose values are as nearly all are; undefined for any other, which has to be looked at closely. */
export type OrdinaryReader = (lines: HeaderScan['lines']) => Identity | undefined;

/**
 * Reads claims of letters, digits and a few marks: nothing to trim or to decode, everything to be seen, no placeholder, and no comma that
 * could be two lines joined.
 */
export function createOrdinaryReader(fields: OrdinaryFields, limits: Limits): OrdinaryReader {
  const { separator, nobody } = fields;
  const { userBytes, nameBytes, emailBytes, groupsBytes } = limits;

  return (lines) => {
    const user = lines[fields.user];
    if (typeof user !== 'string' || user.length > userBytes || !VALUE.test(user)) return undefined;
    const name = lines[fields.name];
    if (typeof name !== 'string' || name.length > nameBytes || !VALUE.test(name)) return undefined;
    const email = lines[fields.email];
    if (typeof email !== 'string' || email.length > emailBytes || !EMAIL.test(email))
      return undefined;
    const line = lines[fields.groups];
    if (typeof line !== 'string' || line.length > groupsBytes || nobody?.has(user))
      return undefined;
    const groups = splitOrdinary(line, separator, limits);
    return groups && { user, groups, name, email };
  };
}

/** A look through a list that is not longer than this beats a set. */
export const SHORT_LIST = 32;

const SPACE = 0x20;
const BEGINS = 2;
const CONTINUES = 1;

/** What a character may do in a group. */
const ROLES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[0-9A-Za-z]/.test(character)) return BEGINS;
  return /[\w'()+./@-]/.test(character) ? CONTINUES : 0;
});

/**
 * Splits a line of a few ordinary groups in one pass, without empty ones and duplicates. Undefined for any other line.
 *
 * @param separator The code of an ASCII character.
 */
function splitOrdinary(
  line: string,
  separator: number,
  { groups: most, groupBytes }: Limits,
): string[] | undefined {
  const groups: string[] = [];
  let start = 0;
  let end = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === separator) {
      if (end - start > groupBytes || groups.length > SHORT_LIST) return undefined;
      addNew(groups, line.slice(start, end));
      start = i + 1;
      end = start;
    } else if (code !== SPACE) {
      if ((ROLES[code] ?? 0) < (start === i ? BEGINS : CONTINUES)) return undefined;
      end = i + 1;
    } else if (start === i) {
      start = i + 1;
      end = start;
    }
  }
  if (end - start > groupBytes) return undefined;
  addNew(groups, line.slice(start, end));
  return groups.length > most ? undefined : groups;
}

function addNew(groups: string[], group: string): void {
  if (group !== '' && !groups.includes(group)) groups.push(group);
}
