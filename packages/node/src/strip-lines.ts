import { findName } from './find-name.js';

/**
 * Removes lines of name, value, name, value … whose name passes a test, in place, and the properties of those names from
 * objects.
 *
 * @param objects What has been made of the lines; asked for only if there is something to remove.
 * @returns Whether anything was removed.
 */
export function stripLines(
  lines: string[],
  isUnwanted: (name: string) => boolean,
  objects: () => readonly object[],
): boolean {
  const first = findName(lines, isUnwanted);
  if (first < 0) return false;
  const made = objects();
  let kept = first;
  for (let i = first; i < lines.length; i += 2) {
    const name = lines[i] ?? '';
    if (isUnwanted(name)) {
      const lower = name.toLowerCase();
      for (const object of made) Reflect.deleteProperty(object, lower);
    } else {
      lines[kept++] = name;
      lines[kept++] = lines[i + 1] ?? '';
    }
  }
  lines.length = kept;
  return true;
}
