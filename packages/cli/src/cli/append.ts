/** Collects the values of an option that may be given several times. */
export function append(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}
