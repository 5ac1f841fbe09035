import { expect, it } from '@jest/globals';
import { placeholderEmail, trustedHeader } from '../src/index.js';

it.each<[unknown, string]>([
  // `strict && { create: false }` would create users.
  [false, 'options'],
  ['', 'options'],
  [null, 'options'],
  [[], 'options'],
  [{ creat: false }, 'creat'],
  [{ create: 'no' }, 'create'],
  [{ emailFor: 'alice@example.com' }, 'emailFor'],
  [{ mapUser: {} }, 'mapUser'],
  [{ onMissing: 'stay' }, 'onMissing'],
  [{ holdSeconds: 0 }, 'holdSeconds'],
  [{ holdSeconds: Number.NaN }, 'holdSeconds'],
  [{ holdSeconds: Number.POSITIVE_INFINITY }, 'holdSeconds'],
])('refuses the options %j', (options, name) => {
  expect(() => Reflect.apply(trustedHeader, undefined, [options])).toThrow(
    expect.objectContaining({
      code: 'option-invalid',
      issues: [expect.objectContaining({ option: name })],
    }),
  );
});

it('takes options that are undefined as missing', () => {
  expect(() => trustedHeader(JSON.parse('{}'))).not.toThrow();
  expect(trustedHeader().id).toBe('trusted-header');
});

it('makes a placeholder that fits an address, whatever the name is', () => {
  const email = placeholderEmail({ user: 'é, "x"@'.repeat(40) });
  expect(email).toMatch(/^[0-9a-f]{64}@trusted-header\.invalid$/);
});
