/** A header as a handler saw it. */
export type HeaderEntry = readonly [name: string, value: string];

/** Lists what a way to read headers gives: flat list (`rawHeaders`), pairs (`Headers`, `Map`), or object. */
export function headerEntries(readable: unknown): readonly HeaderEntry[] {
  if (typeof readable !== 'object' || readable === null) return [];
  if (isIterable(readable)) {
    const items = [...readable];
    return items.every((item) => typeof item === 'string') ? flatEntries(items) : items.map(toPair);
  }
  // Own keys, enumerable or not: a hidden property can be read as well.
  return Reflect.ownKeys(readable)
    .filter((key) => typeof key === 'string')
    .map((key) => [key, textOf(Reflect.get(readable, key))] as const);
}

function flatEntries(items: readonly string[]): readonly HeaderEntry[] {
  return items.flatMap((name, i) => (i % 2 === 0 ? [[name, items[i + 1] ?? ''] as const] : []));
}

function toPair(item: unknown): HeaderEntry {
  return Array.isArray(item) ? [textOf(item[0]), textOf(item[1])] : [textOf(item), ''];
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join('\n') : String(value);
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}
