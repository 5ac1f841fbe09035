/** One `Key=Value` of an element: the key in lower case, the value without its quotes, escapes left as they are. */
export type XfccPair = readonly [key: string, value: string];

/** Printable ASCII: Envoy escapes the rest. */
const PRINTABLE = /^[\x20-\x7e]*$/;

/** A key, and a value that is quoted from its first to its last character, or holds nothing that would need quotes. */
const PAIR = /([A-Za-z]+)=(?:"([^"\\]*(?:\\.[^"\\]*)*)"|([^",;= ]*))(;|, *|$)/y;

/**
 * Splits the value of `X-Forwarded-Client-Cert` into its elements, and each into its pairs.
 *
 * Refuses whatever could be read in two ways, by giving undefined: a quote that is not the first or the last character of a value,
 * a quote that is never closed, an unquoted `=`, space, `,` or `;` in a value, a pair without a key, an empty element.
 */
export function splitXfcc(text: string): readonly (readonly XfccPair[])[] | undefined {
  if (!PRINTABLE.test(text)) return undefined;
  const elements: XfccPair[][] = [];
  let element: XfccPair[] = [];
  PAIR.lastIndex = 0;
  for (;;) {
    const match = PAIR.exec(text);
    if (!match) return undefined;
    const [, key = '', quoted, bare = '', delimiter] = match;
    element.push([key.toLowerCase(), quoted ?? bare]);
    if (delimiter === ';') continue;
    elements.push(element);
    if (!delimiter) return elements;
    element = [];
  }
}
