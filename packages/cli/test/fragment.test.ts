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
const own = (name: string, value: unknown): object => Object.fromEntries([[name, value]]);

/** The fragment for one network of the file. */
const write = (proxy: string, app: string, name: string, ip: string, subnet: string): string =>
  staticAddressFragment({
    proxy,
    plans: [
      {
        network: { id: name, name, kind: 'own', families: [4], subnets: [] },
        via: 'network',
        addresses: [{ family: 4, text: ip, subnet }],
      },
    ],
    app: { name: app, environment: { TRUSTED_PROXIES: ip } },
  });
/** Compose reads two dollar signs as one. */
const escaped = (value: string): string => value.replaceAll('$', '$$$$');
const address = fc.oneof(
  fc.constantFrom(
    '10.0.0.2',
    'fd00::2',
    'fd00::',
    '.0',
    '1.0',
    '1:2',
    'fd00::2,10.0.0.2',
    '2001:10:20:30:40:50:51:52',
    '12:30',
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
        const written = write(proxy, app, network, ip, subnet);
        const expected = {
          services: {
            ...own(proxy, { networks: own(network, { ipv4_address: escaped(ip) }) }),
            ...own(app, { environment: { TRUSTED_PROXIES: escaped(ip) } }),
          },
          networks: own(network, { ipam: { config: [{ subnet: escaped(subnet) }] } }),
        };
        // docker-compose of the first generation reads YAML 1.1, in which 12:30 is a number.
        expect(parse(written)).toEqual(expected);
        expect(parse(written, { version: '1.1', merge: false })).toEqual(expected);
        expect(written).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['10.9.0.0/24', '10.9.0.2', '10.9.0.128/25'],
    ['10.9.0.0/24', '10.9.0.200', undefined],
    ['10.9.0.0/24\n', '10.9.0.2', undefined],
    ['10.9.0.0/24', '10.9.0.\n2', undefined],
  ])('in %j with %j: everybody else gets an address in %j', (subnet, ip, range) => {
    const written = write('caddy', 'app', 'edge', ip, subnet);
    expect(parse(written).networks.edge.ipam.config[0].ip_range).toBe(range);
  });
});
