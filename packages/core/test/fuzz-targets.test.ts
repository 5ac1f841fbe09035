import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzz as address } from '../fuzz/address.js';
import { fuzz as encodings } from '../fuzz/encodings.js';
import { fuzz as request } from '../fuzz/request.js';
import { ipv6Text, nearAddress } from './arbitraries.js';

/** The targets of `pnpm fuzz:coverage`, with inputs that are made instead of searched for. */
describe('the targets for coverage-guided fuzzing', () => {
  const bytes = fc.uint8Array({ maxLength: 64 }).map((data) => Buffer.from(data));
  const text = (arbitrary: fc.Arbitrary<string>) =>
    arbitrary.map((one) => Buffer.from(one, 'latin1'));
  const lines = fc
    .array(
      fc.tuple(
        fc.constantFrom('\0', '\x01', '\x02', '\x03', '\x04', 'Remote_User:', 'remote-user:'),
        fc.oneof(fc.constantFrom('john', 'a,b', 'Remote-User', ''), fc.string({ maxLength: 9 })),
      ),
    )
    .map((parts) => Buffer.from(parts.map((part) => part.join('')).join('\n')));

  it('find no fault in addresses', () => {
    const near = fc.oneof(
      bytes,
      text(nearAddress),
      text(ipv6Text.map((one) => one.text)),
      text(fc.ipV4()),
    );
    fc.assert(fc.property(near, address));
  });

  it('find no fault in requests', () => {
    fc.assert(fc.property(fc.oneof(bytes, lines), request));
  });

  it('find no fault in encodings', () => {
    fc.assert(fc.property(fc.oneof(bytes, text(fc.base64String())), encodings));
  });
});
