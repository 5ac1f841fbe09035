/** Gives the ES module of an entry of `exports`, and its types: `{ types, default }`, with or without a CommonJS build beside. */
export function esEntry(entry) {
  return typeof entry.default === 'string' ? entry : entry.default;
}
