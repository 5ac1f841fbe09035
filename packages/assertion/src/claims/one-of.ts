/** Tells whether a value is one of these texts, character for character. */
export function isOneOf(value: unknown, texts: readonly string[]): boolean {
  return typeof value === 'string' && texts.includes(value);
}

/** Names what was expected, which is configuration: never what came. */
export function orList(texts: readonly string[]): string {
  return texts.join(' or ');
}
