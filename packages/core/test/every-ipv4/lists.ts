/** A list of trusted proxies, and the IPv4 addresses that it holds as numbers, from the first to the last of each run. */
export interface IPv4List {
  readonly name: string;
  readonly entries: readonly string[];
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** Five lists, for their edges. */
export const ipv4Lists: readonly IPv4List[] = [
  {
    name: 'single addresses at both ends, and on both sides of the sign of 32 bits',
    entries: ['10.0.0.7', '0.0.0.0', '127.255.255.255', '128.0.0.0', '255.255.255.255'],
    ranges: [
      [0, 0],
      [0x0a000007, 0x0a000007],
      [0x7fffffff, 0x80000000],
      [0xffffffff, 0xffffffff],
    ],
  },
  {
    name: 'names, and IPv6 beside them',
    entries: ['loopback', 'linklocal', 'uniquelocal', '::10.0.0.0/104', '2001:db8::/32'],
    ranges: [
      [0x0a000000, 0x0affffff],
      [0x7f000000, 0x7fffffff],
      [0xa9fe0000, 0xa9feffff],
      [0xac100000, 0xac1fffff],
      [0xc0a80000, 0xc0a8ffff],
    ],
  },
  {
    name: 'every second length of a prefix, with a hole as large behind each block',
    entries: [
      ...['128.0.0.0/1', '32.0.0.0/3', '8.0.0.0/5', '2.0.0.0/7'],
      ...['0.128.0.0/9', '0.32.0.0/11', '0.8.0.0/13', '0.2.0.0/15'],
      ...['0.0.128.0/17', '0.0.32.0/19', '0.0.8.0/21', '0.0.2.0/23'],
      ...['0.0.0.128/25', '0.0.0.32/27', '0.0.0.8/29', '0.0.0.2/31'],
    ],
    ranges: [
      [0x00000002, 0x00000003],
      [0x00000008, 0x0000000f],
      [0x00000020, 0x0000003f],
      [0x00000080, 0x000000ff],
      [0x00000200, 0x000003ff],
      [0x00000800, 0x00000fff],
      [0x00002000, 0x00003fff],
      [0x00008000, 0x0000ffff],
      [0x00020000, 0x0003ffff],
      [0x00080000, 0x000fffff],
      [0x00200000, 0x003fffff],
      [0x00800000, 0x00ffffff],
      [0x02000000, 0x03ffffff],
      [0x08000000, 0x0fffffff],
      [0x20000000, 0x3fffffff],
      [0x80000000, 0xffffffff],
    ],
  },
  {
    name: 'blocks in blocks, neighbours, and IPv4 written as IPv6',
    entries: [
      ...['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '11.0.0.0', '9.255.255.255'],
      ...['::ffff:12.0.0.0/104', '::ffff:c000:200/120', '192.0.3.0/25', '192.0.3.128/25'],
    ],
    ranges: [
      [0x09ffffff, 0x0b000000],
      [0x0c000000, 0x0cffffff],
      [0xc0000200, 0xc00003ff],
    ],
  },
  {
    name: 'a /24 in each of the 65 536 blocks of a /16',
    entries: Array.from(
      { length: 65_536 },
      (_, i) => `${i >>> 8}.${i & 255}.${(i * 37) & 255}.0/24`,
    ),
    ranges: Array.from({ length: 65_536 }, (_, i) => {
      const first = i * 65_536 + ((i * 37) & 255) * 256;
      return [first, first + 255];
    }),
  },
];
