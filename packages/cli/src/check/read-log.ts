import type { Dump, DumpOptions } from './dump.js';
import { readField } from './header-lines.js';
import { explainLine } from './log-lines.js';

/**
 * Authelia's line about a subject, which it writes at level debug. Names the user and the groups.
 *
 * Only at the beginning of a message: a client may put anything into a URL.
 */
const SUBJECT =
  /\bmsg"?[=:]\s*"Check authorization of subject username=(.*?) groups=(.*?)(?: client_id=\S*)? ip=\S+ and (?:object|url) /;

/** Reads log lines of nginx and Authelia: what they mean, and the last user that Authelia names. */
export function readLog(lines: readonly string[], { profile }: DumpOptions): Dump | undefined {
  const known = new Map(
    lines.flatMap((line) => {
      const explained = explainLine(line);
      return explained ? [[JSON.stringify(explained), explained]] : [];
    }),
  );
  const [, user, groups] =
    lines.flatMap((line) => [SUBJECT.exec(line) ?? []].filter(({ length }) => length > 0)).at(-1) ??
    [];
  if (known.size === 0 && user === undefined) return undefined;
  const fields: [string | undefined, string | undefined][] = [
    [profile.user.header, user],
    [profile.groups?.header, groups],
  ];
  return {
    ...(user !== undefined && {
      rawHeaders: fields.flatMap(([name, value]) =>
        name === undefined || value === undefined ? [] : readField('--from', name, value),
      ),
    }),
    read: 'Authelia’s log, which names the user and the groups, but no name and no e-mail',
    lines: [...known.values()],
  };
}
