/** Gives the items of a list one after the other, and starts again at its end. */
export function inTurn<T>(list: readonly T[]): () => T {
  let i = 0;
  return () => {
    i = (i + 1) % list.length;
    const item = list[i];
    if (item === undefined) throw new Error('there is nothing to take turns with');
    return item;
  };
}
