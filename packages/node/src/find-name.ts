/** Gives the place of the first name, among lines of name, value, name, value …, that passes a test; -1 for none. */
export function findName(lines: readonly string[], test: (name: string) => boolean): number {
  for (let i = 0; i < lines.length; i += 2) {
    const name = lines[i];
    if (name !== undefined && test(name)) return i;
  }
  return -1;
}
