import { describe, expect, it } from '@jest/globals';
import { formatIp, parseIp } from '../src/audit/ip.js';

describe('addresses of a deployment', () => {
  it.each([
    ['10.0.0.7', 4, 0x0a000007n, '10.0.0.7', 'dotted decimal'],
    ['::ffff:10.0.0.7', 4, 0x0a000007n, '10.0.0.7', 'mapped, dotted (T3)'],
    ['::ffff:a00:7', 4, 0x0a000007n, '10.0.0.7', 'mapped, in hex'],
    ['::10.0.0.7', 6, 0x0a000007n, '::a00:7', 'not mapped, though it looks so (T3)'],
    [
      '2001:DB8:0:0:1:0:0:1',
      6,
      0x20010db8000000000001000000000001n,
      '2001:db8::1:0:0:1',
      'RFC 5952',
    ],
    ['::', 6, 0n, '::', 'nothing but zeros'],
  ])('reads and writes %s', (text, family, value, canonical, _why) => {
    expect(parseIp(text)).toEqual({ family, value });
    expect(formatIp({ family: family === 4 ? 4 : 6, value })).toBe(canonical);
  });

  it.each([
    ['010.0.0.7', 'octal elsewhere'],
    ['10.7', 'short'],
    ['0x0a.0.0.7', 'hex'],
    ['167772167', 'one number'],
    ['fe80::1%eth0', 'a zone'],
    ['10.0.0.0/8', 'a block'],
    ['traefik', 'a name'],
    ['', 'nothing'],
  ])('takes %j for no address: %s', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });
});
