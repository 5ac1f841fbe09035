/** As if TypeScript had not been asked: what JavaScript passes in. */
export function untyped(value: unknown) {
  return Object.assign([value])[0];
}
