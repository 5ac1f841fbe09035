import fc from 'fast-check';

/** Any IPv4 address, as a number. */
export const ipv4Number = fc.nat({ max: 0xffffffff });

/** Any IPv6 address, as eight groups, with zeros often enough for `::`. */
export const ipv6Groups = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.nat({ max: 0xffff }),
    fc.constantFrom(0xffff, 1, 0xfe80, 0x2001, 0xdb8),
  ),
  { minLength: 8, maxLength: 8 },
);

/** Writes an IPv4 number in dotted decimal. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** All the spellings that RFC 4291 section 2.2 allows for eight groups: hex case, leading zeros, `::`, dotted tail. */
export const ipv6Text = fc
  .record({
    groups: ipv6Groups,
    upper: fc.boolean(),
    padded: fc.boolean(),
    tail: fc.boolean(),
    gapAt: fc.nat({ max: 7 }),
  })
  .map(({ groups, upper, padded, tail, gapAt }) => ({
    groups,
    text: spell(groups, { upper, padded, tail, gapAt }),
  }));

interface Spelling {
  readonly upper: boolean;
  readonly padded: boolean;
  readonly tail: boolean;
  readonly gapAt: number;
}

function spell(groups: readonly number[], { upper, padded, tail, gapAt }: Spelling): string {
  const hex = groups.map((group) => {
    const text = group.toString(16).padStart(padded ? 4 : 1, '0');
    return upper ? text.toUpperCase() : text;
  });
  const quad = dotted((((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0);
  const parts = tail ? [...hex.slice(0, 6), quad] : hex;
  const head = tail ? 6 : 8;
  let end = gapAt;
  while (end < head && groups[end] === 0) end++;
  if (end === gapAt || gapAt >= head) return parts.join(':');
  return `${parts.slice(0, gapAt).join(':')}::${parts.slice(end).join(':')}`;
}

/** Text that is nearly an address: what a lenient parser would take. */
export const nearAddress = fc.oneof(
  fc.stringMatching(/^[0-9a-fA-Fx:.%/ ]{0,45}$/),
  fc
    .array(
      fc.constantFrom(
        '0',
        '1',
        '01',
        '255',
        '256',
        '.',
        ':',
        '::',
        'ffff',
        '%',
        'g',
        '-',
        '+',
        ' ',
        '\0',
      ),
      { maxLength: 16 },
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 50 }),
);

/**
 * How often a property is tried: as given, or as often as `pnpm fuzz --runs` says. `FUZZ_SEED` makes every run the same,
 * as the search for changes that no test notices needs it.
 */
export function runs(usual: number): { readonly numRuns: number; readonly seed?: number } {
  const { FUZZ_RUNS = usual, FUZZ_SEED } = process.env;
  return {
    numRuns: Number(FUZZ_RUNS),
    ...(FUZZ_SEED !== undefined && { seed: Number(FUZZ_SEED) }),
  };
}
