import type { Limits } from './limits.js';

// Short cuts, and nothing but: what is not ordinary is read the long way, and what is would come to the same there.

/** It is ASCII and begins with a letter or a digit; none of its marks has a meaning to a list, a template or a script. */
const VALUE = /^[0-9A-Za-z](?:[\w '()+./@-]*[\w'()+./@-])?$/;

const EMAIL = /^[0-9A-Za-z][\w.+-]*@[0-9A-Za-z][\w.-]*$/;

/**
 * Tells whether a value is as nearly all are, of letters, digits and a few marks: nothing to trim, to split or to decode, everything to be
 * seen, and no placeholder.
 */
export function isOrdinary(text: string): boolean {
  return VALUE.test(text);
}

/** Tells the same of an email, which has one `@` then, between two parts. */
export function isOrdinaryEmail(text: string): boolean {
  return EMAIL.test(text);
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
export function splitOrdinary(
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
