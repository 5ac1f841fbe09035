import process from 'node:process';
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

it.each([
  [{ socket: 5 }, 'socket'],
  [{ timeoutMs: 1.5 }, 'timeoutMs'],
  [{ timeoutMs: 30_001 }, 'timeoutMs'],
  [{ timeoutMs: '2000' }, 'timeoutMs'],
  [{ memoMs: -1 }, 'memoMs'],
  // Nothing is not the default.
  [{ memoMs: null }, 'memoMs'],
  [{ timeoutMs: null }, 'timeoutMs'],
  [{ tagged: null }, 'tagged'],
  [{ shared: null }, 'shared'],
  [{ socket: null }, 'socket'],
])('refuses %j', (options, option) => {
  expect(() => make(options)).toThrow(
    expect.objectContaining({ issues: [expect.objectContaining({ option })] }),
  );
});

it.each([[{ timeoutMs: 1, memoMs: 0 }], [{ timeoutMs: 30_000, memoMs: 60_000 }]])(
  'takes %j',
  (options) => {
    expect(() => make(options)).not.toThrow();
  },
);

it.each([
  ['darwin', '/var/run/tailscaled.socket'],
  ['linux', '/var/run/tailscale/tailscaled.sock'],
])('knows where the socket is on %s', (platform, socket) => {
  const own = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  try {
    expect(() => make({ socket: 'x' })).toThrow(`write for example '${socket}'`);
  } finally {
    Object.defineProperty(process, 'platform', own);
  }
});

it.each([[null], [[]], ['/var/run/tailscale/tailscaled.sock']])(
  'refuses %j for options',
  (options) => {
    expect(() => Reflect.apply(tailscaleWhois, undefined, [options])).toThrow(
      'is no options object',
    );
  },
);

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

it.each([
  [1000, [1, 1, 2, 2]],
  [0, [1, 2, 3, 4]],
])('keeps an answer for %d ms and no longer', async (ms, answers) => {
  let asked = 0;
  let time = 0;
  const memo = createMemo<number>(
    ms,
    1,
    () => true,
    () => time,
  );
  const found: number[] = [];
  for (time of [0, 999, 1000, 1000]) {
    found.push(await memo.find('a', async () => ++asked));
  }
  expect(found).toEqual(answers);
});
