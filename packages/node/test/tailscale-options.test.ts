import { expect, it } from '@jest/globals';
import { tailscaleWhois } from '../src/index.js';
import { createMemo } from '../src/tailscale-memo.js';

const make = (options: object): unknown => Reflect.apply(tailscaleWhois, undefined, [options]);

it('is a proof that is asked about every request, and reads no header', () => {
  expect(tailscaleWhois()).toEqual({
    name: 'tailscale-whois',
    headers: [],
    asks: 'always',
    prove: expect.any(Function),
  });
});

it('says all that is wrong with its options at once', () => {
  expect(() =>
    make({
      socket: 'tailscaled.sock',
      tagged: 'allow',
      shared: true,
      timeoutMs: 0,
      memoMs: 3_600_000,
      sockets: '/run/tailscaled.sock',
    }),
  ).toThrow(
    expect.objectContaining({
      name: 'ConfigError',
      code: 'option-invalid',
      issues: ['sockets', 'socket', 'tagged', 'shared', 'timeoutMs', 'memoMs'].map((option) =>
        expect.objectContaining({ option }),
      ),
    }),
  );
});

it.each([[[]], ['/var/run/tailscale/tailscaled.sock']])('refuses %j for options', (options) => {
  expect(() => Reflect.apply(tailscaleWhois, undefined, [options])).toThrow('is no options object');
});

it('keeps so many answers and no more; the oldest go first', async () => {
  let asked = 0;
  const ask = async (): Promise<number> => {
    asked += 1;
    return asked;
  };
  const memo = createMemo<number>(
    1000,
    2,
    () => true,
    () => 0,
  );
  expect(await memo.find('a', ask)).toBe(1);
  expect(await memo.find('b', ask)).toBe(2);
  expect(await memo.find('c', ask)).toBe(3);
  expect(await memo.find('b', ask)).toBe(2);
  expect(await memo.find('a', ask)).toBe(4);
});
