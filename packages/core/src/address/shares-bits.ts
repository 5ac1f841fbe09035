/** Tells whether two addresses have the same first `bits` bits. */
export function sharesBits(
  a: ArrayLike<number>,
  aStart: number,
  b: ArrayLike<number>,
  bits: number,
): boolean {
  let at = 0;
  let rest = bits;
  for (; rest >= 32; rest -= 32, at++) {
    if (a[aStart + at] !== b[at]) return false;
  }
  return rest === 0 || ((a[aStart + at] ?? 0) ^ (b[at] ?? 0)) >>> (32 - rest) === 0;
}
