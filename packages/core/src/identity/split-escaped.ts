import type { GroupsSource } from '../profiles/header-profile.js';

const BACKSLASH = '\\';

/**
 * Splits a line at the separators that have no backslash before them, and takes the escapes out of each part. A part with a
 * backslash that escapes nothing is undefined: it cannot be read one way only.
 *
 * @param escaped `separator`: no backslash but that before a separator escapes anything; all others are themselves.
 */
export function splitEscaped(
  line: string,
  separator: string,
  escaped: GroupsSource['escape'],
): readonly (string | undefined)[] {
  const parts: (string | undefined)[] = [];
  const isBackslashEscaped = escaped === 'both';
  let text = '';
  let isWrong = false;
  let start = 0;
  let at = 0;
  while (at < line.length) {
    if (line[at] === BACKSLASH) {
      const taken = line.startsWith(separator, at + 1)
        ? separator
        : isBackslashEscaped && line[at + 1] === BACKSLASH
          ? BACKSLASH
          : '';
      if (taken !== '') {
        text += line.slice(start, at);
        start = at + 1;
      } else if (isBackslashEscaped) isWrong = true;
      at += 1 + taken.length;
    } else if (line.startsWith(separator, at)) {
      parts.push(isWrong ? undefined : text + line.slice(start, at));
      at += separator.length;
      text = '';
      isWrong = false;
      start = at;
    } else at++;
  }
  parts.push(isWrong ? undefined : text + line.slice(start));
  return parts;
}
