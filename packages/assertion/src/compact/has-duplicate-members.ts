/**
 * Tells whether an object in JSON text names a member twice, at any depth: `{"sub":"alice","sub":"admin"}`, also where an escape
 * hides it (`"s\u0075b"`). Readers differ in which of the two counts (RFC 7519 section 4 leaves it open).
 *
 * @param json Text that `JSON.parse` takes; of other text nothing is said.
 */
export function hasDuplicateMembers(json: string): boolean {
  const open: (Set<string> | undefined)[] = [];
  // Strings, with the colon that makes them names; and what opens and closes.
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[[\]{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (text !== undefined && colon !== undefined) {
      const names = open.at(-1);
      const name: unknown = JSON.parse(text);
      if (names === undefined || typeof name !== 'string') continue;
      if (names.has(name)) return true;
      names.add(name);
    }
  }
  return false;
}
