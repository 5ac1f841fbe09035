import type { Identity } from '../decision.js';
import type { Field, Fields } from '../headers/field.js';
import type { HeaderScan } from '../headers/scan-headers.js';
import type { Limits } from './limits.js';

// A short cut, and nothing but: what is not ordinary is read the long way, and what is would come to the same there.

/** It is ASCII and begins with a letter or a digit; none of its marks has a meaning to a list, a template or a script. */
const VALUE = /^[0-9A-Za-z](?:[\w '()+./@-]*[\w'()+./@-])?$/;

const EMAIL = /^[0-9A-Za-z][\w.+-]*@[0-9A-Za-z][\w.-]*$/;

/** Gives the identity of a claim whose values are as nearly all are; undefined for any other, which has to be looked at closely. */
export type OrdinaryReader = (lines: HeaderScan['lines']) => Identity | undefined;

/**
 * Compiles the reader of claims of letters, digits and a few marks: nothing to trim or to decode, everything to be seen, no placeholder, and
 * no comma that could be two lines joined. It knows profiles of a user, groups, a name and an email; undefined for others.
 */
export function compileOrdinary(
  { all, user: userField, nobody }: Fields,
  limits: Limits,
): OrdinaryReader | undefined {
  const [groupsField, nameField, emailField] = (['groups', 'name', 'email'] as const).map((kind) =>
    all.find((field) => field.kind === kind),
  );
  const separator = groupsField?.asciiSeparator;
  if (!groupsField || !nameField || !emailField || separator === undefined) return undefined;
  if (all.length > 4 || !all.every(isBare)) return undefined;
  const { userBytes, nameBytes, emailBytes, groupsBytes } = limits;

  return (lines) => {
    const user = lines[userField.index];
    if (typeof user !== 'string' || user.length > userBytes || !VALUE.test(user)) return undefined;
    const name = lines[nameField.index];
    if (typeof name !== 'string' || name.length > nameBytes || !VALUE.test(name)) return undefined;
    const email = lines[emailField.index];
    if (typeof email !== 'string' || email.length > emailBytes || !EMAIL.test(email))
      return undefined;
    const line = lines[groupsField.index];
    if (typeof line !== 'string' || line.length > groupsBytes || nobody?.has(user))
      return undefined;
    const groups = splitOrdinary(line, separator, limits);
    return groups && { user, groups, name, email };
  };
}

/** Tells whether a line that is ASCII is a value as it stands: nothing is to be taken off or decoded. */
function isBare({ encoding, prefix }: Field): boolean {
  return prefix === '' && (encoding === 'utf-8' || encoding === 'latin1');
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
