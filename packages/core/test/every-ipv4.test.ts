import { describe, expect, it } from '@jest/globals';
import { compileLists } from './every-ipv4/find-differences.js';
import { ipv4Lists } from './every-ipv4/lists.js';

/** Some of what `pnpm test:every-ipv4` asks for all of them. */
describe('every IPv4 address as text is decided as ranges of numbers are', () => {
  const findDifferences = compileLists(ipv4Lists);

  it.each([
    ['0.0.0.0/16, the first', 0],
    ['9.255.0.0/16, in front of a block', 0x09ff],
    ['10.0.0.0/16', 0x0a00],
    ['11.0.0.0/16, behind it', 0x0b00],
    ['127.255.0.0/16, positive with 32 bits', 0x7fff],
    ['128.0.0.0/16, negative with 32 bits', 0x8000],
    ['192.0.0.0/16, with neighbours', 0xc000],
    ['255.255.0.0/16, the last', 0xffff],
  ])('in %s', (_, slice) => {
    expect(findDifferences(slice)).toEqual([]);
  });

  it('and one address that is decided otherwise is seen', () => {
    const wrong = { name: 'wrong', entries: ['10.0.0.7', '10.0.0.9'], ranges: [] };
    const right: readonly [number, number] = [0x0a000007, 0x0a000008];
    expect(compileLists([{ ...wrong, ranges: [right] }])(0x0a00)).toEqual([
      'wrong: lacks 10.0.0.8',
      'wrong: holds 10.0.0.9',
    ]);
  });
});
