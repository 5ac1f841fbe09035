import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { staticAddressFragment } from '../src/audit/static-address-fragment.js';

const WORDS = [
  'true',
  'No',
  'null',
  '~',
  '1',
  '0x1f',
  '1e3',
  '',
  'a: b',
  '- a',
  '#',
  ' a',
  '"',
  "'",
];
const text = fc.oneof(
  fc.constantFrom(
    ...WORDS,
    '\n',
    'a\n  evil: {}',
    '\u0085',
    '\u2028',
    '$\u007bx}',
    '*a',
    '&a',
    '!a',
    '__proto__',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ maxLength: 60 }),
);
const address = fc.oneof(
  fc.constantFrom(
    '10.0.0.2',
    'fd00::2',
    'fd00::',
    '.0',
    '1.0',
    '1:2',
    'fd00::2,10.0.0.2',
    '10.0.0.2,',
    '10.0.0.\n2',
    '10.0.0.2 # x',
    '$\u007bIP}',
  ),
  text,
);

describe('the piece of a compose file that the audit prints', () => {
  it('says the same to a YAML parser whatever the names and addresses are', () => {
    fc.assert(
      fc.property(text, text, text, address, address, (proxy, app, network, ip, subnet) => {
        fc.pre(proxy !== app);
        const written = staticAddressFragment(proxy, app, [
          { network, address: ip, subnet, isStatic: true },
        ]);
        const key = ip.includes(':') ? 'ipv6_address' : 'ipv4_address';
        const own = (name: string, value: unknown): object => Object.fromEntries([[name, value]]);
        expect(parse(written)).toEqual({
          services: {
            ...own(proxy, { networks: own(network, own(key, ip)) }),
            ...own(app, { environment: { TRUSTED_PROXIES: ip } }),
          },
          networks: own(network, { ipam: { config: [{ subnet }] } }),
        });
        expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['10.9.0.0/24', '10.9.0.2', '10.9.0.128/25'],
    ['10.9.0.0/24', '10.9.0.200', undefined],
    ['10.9.0.0/24\n', '10.9.0.2', undefined],
    ['10.9.0.0/24', '10.9.0.\n2', undefined],
  ])('in %j with %j: everybody else gets an address in %j', (subnet, ip, range) => {
    const written = staticAddressFragment('caddy', 'app', [
      { network: 'edge', address: ip, subnet, isStatic: true },
    ]);
    expect(parse(written).networks.edge.ipam.config[0].ip_range).toBe(range);
  });
});
