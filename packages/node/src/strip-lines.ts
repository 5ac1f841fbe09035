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
  const gone: string[] = [];
  let kept = first;
  for (let i = first; i < lines.length; i += 2) {
    const name = lines[i] ?? '';
    if (isUnwanted(name)) {
      gone.push(name.toLowerCase());
    } else {
      lines[kept++] = name;
      lines[kept++] = lines[i + 1] ?? '';
    }
  }
  lines.length = kept;
  for (const object of made) removeAll(object, gone);
  return true;
}

/**
 * From the last one: V8 takes back what was added last, and makes a dictionary of an object for anything else, which costs more than
 * all the rest. HAProxy and Apache put their headers behind the client's.
 */
function removeAll(object: object, names: readonly string[]): void {
  for (let i = names.length - 1; i >= 0; i--) Reflect.deleteProperty(object, names[i] ?? '');
}
