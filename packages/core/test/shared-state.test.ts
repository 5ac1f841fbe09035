import { beforeAll, describe, expect, it } from '@jest/globals';

beforeAll(async () => {
  await import('../src/index.js');
  await import('../src/probe/index.js');
});

/** Copies of other versions look for them by these names: who renames one parts the copies of an installation (A8). */
const NAMES = ['authenticators', 'decision channel', 'open', 'probe', 'requests', 'watchers'];
const PREFIX = '@trusted-header/core ';

describe('what copies of this package share (A8)', () => {
  it('has these names', () => {
    const names = Object.getOwnPropertySymbols(globalThis)
      .map((symbol) => Symbol.keyFor(symbol) ?? '')
      .filter((name) => name.startsWith(PREFIX));
    expect(names.map((name) => name.slice(PREFIX.length)).sort()).toEqual(NAMES);
  });

  it('is also the mark of any user', async () => {
    const { anyUser } = await import('../src/index.js');
    expect(anyUser).toBe(Symbol.for(`${PREFIX}any user`));
  });

  it.each(NAMES)('is neither listed nor to be replaced: %s', (name) => {
    const symbol = Symbol.for(`${PREFIX}${name}`);
    expect(Object.getOwnPropertyDescriptor(globalThis, symbol)).toMatchObject({
      configurable: false,
      value: expect.anything(),
      enumerable: false,
      writable: false,
    });
  });
});
