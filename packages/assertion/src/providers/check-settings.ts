/** Tells whether a value has properties to look at. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells a text that is there, without white space at its ends, which no equal text has. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && /^\S(?:.*\S)?$/s.test(value);
}

/** Tells the name of a claim, or a function that finds one. */
export function isClaim(value: unknown): boolean {
  return isText(value) || typeof value === 'function';
}

/** Tells a list of one or more such texts. */
export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && Array.from(value).every(isText);
}
