import type { ConfigIssue } from '../config/config-error.js';
import { configIssue } from '../config/config-issue.js';
import type { Field } from './field.js';
import { foldName } from './fold-name.js';

/** A header and the setting that names it. */
export interface Named {
  readonly field: Field;
  readonly where: string;
}

/** Finds two values of one header, or of two that are aliases: nobody can tell which is meant. */
export function findAlike(named: readonly Named[]): ConfigIssue[] {
  const seen = new Map<string, Named>();
  return named.flatMap(({ field, where }) => {
    const { header, kind } = field;
    const other = seen.get(foldName(header));
    seen.set(foldName(header), { field, where });
    if (other === undefined) return [];
    const problem = `is the header of ${other.where} too`;
    const isOfOneProfile = where.startsWith(`${other.where.replace(/\..*/, '')}.`);
    const instead = !isOfOneProfile
      ? 'name one of the two profiles: nobody can tell their claims apart'
      : kind === 'email' && other.field.kind === 'user'
        ? "write email: 'user', if the user is an email address"
        : 'give each value a header of its own';
    return [configIssue(`${where}.header`, header, problem, instead)];
  });
}
