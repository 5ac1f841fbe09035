import { describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import { resolveNodeOptions, resolveWithNotice } from '../src/index.js';
import { inProcess } from './in-process.js';

const trustedProxies = '10.0.0.1';
const CLAIM = { peer: '10.0.0.9', rawHeaders: ['Remote-User', 'root'] };

describe('where the lines of an adapter go (D3)', () => {
  it('is the framework’s logger', () => {
    const lines: string[] = [];
    const { authenticator } = resolveNodeOptions({ trustedProxies }, (line) => lines.push(line));
    authenticator.authenticate(CLAIM);
    expect(lines).toEqual([expect.stringContaining('10.0.0.9')]);
  });

  it.each([
    ['a function', (own: string[]) => (line: string) => void own.push(line), 1],
    ['nowhere', () => false as const, 0],
  ])('is %s if the options say so', (_, logTo, count) => {
    const lines: string[] = [];
    const own: string[] = [];
    const options = { trustedProxies, log: logTo(own) };
    const { authenticator } = resolveNodeOptions(options, (line) => lines.push(line));
    authenticator.authenticate(CLAIM);
    expect([lines.length, own.length]).toEqual([0, count]);
  });

  it('stays what a ready authenticator was made with, given alone or as an option', () => {
    const own: string[] = [];
    const ready = createAuthenticator({ trustedProxies, log: (line) => own.push(line) });
    const lines: string[] = [];
    for (const options of [ready, { authenticator: ready }]) {
      const { authenticator } = resolveNodeOptions(options, (line) => lines.push(line));
      expect(authenticator).toBe(ready);
    }
    ready.authenticate(CLAIM);
    expect([lines.length, own.length]).toEqual([0, 1]);
  });

  it.each(['10.0.0.1', 7])('is not looked for in options that are none: %j', (wrong) => {
    const call = () => Reflect.apply(resolveNodeOptions, undefined, [wrong, () => undefined]);
    expect(call).toThrow(/^options: .* is no options object/);
  });
});

it('refuses at start what this runtime cannot do', async () => {
  expect(
    await inProcess(`
      Object.defineProperty(process, 'versions', { value: { ...process.versions, deno: '2.9.0' } });
      const { resolveNodeOptions } = await import('@trusted-header/node');
      const message = (options, deno) => {
        process.versions.deno = deno;
        try { resolveNodeOptions({ log: false, trustedProxies: '10.0.0.1', ...options }); return 'started'; }
        catch (error) { return error.message.slice(0, 60); }
      };
      const clientCertificate = { names: ['gateway'] };
      console.log(JSON.stringify([message({}, '2.9.0'), message({ clientCertificate }, '2.9.0'), message({}, '2.8.0')]));
    `),
  ).toEqual([
    'started',
    expect.stringMatching(/^clientCertificate: "deno" does not tell of client cert/),
    expect.stringMatching(/^runtime: "deno 2.8.0" does not tell of connections/),
  ]);
});

it.each([
  ['resolveNodeOptions', resolveNodeOptions],
  ['resolveWithNotice', resolveWithNotice],
])('%s knows no options but those of every adapter, and the adapter’s own', (_, resolve) => {
  const message = (...more: readonly unknown[]) => {
    try {
      return Reflect.apply(resolve, undefined, [{ trustedProxies, optoinal: true }, ...more]);
    } catch (error) {
      return String(error);
    }
  };
  expect(message()).toMatch(/, onRefusal, signIn$/);
  const own = resolve === resolveNodeOptions ? [undefined, ['handler']] : [['handler']];
  expect(message(...own)).toMatch(/, onRefusal, signIn, handler$/);
});

it('says nothing of that where a process is all there is', () => {
  const lines: string[] = [];
  resolveNodeOptions({ trustedProxies: '127.0.0.1', log: (line) => lines.push(line) });
  expect(lines).toEqual([]);
});

it('says once, of all adapters of a process, what of its own it does not see where loopback is trusted (T8)', async () => {
  expect(
    await inProcess(`
      Object.defineProperty(process, 'versions', { value: { ...process.versions, deno: '2.9.0' } });
      const { resolveNodeOptions } = await import('@trusted-header/node');
      const told = [];
      for (const trustedProxies of ['10.0.0.1', '127.0.0.1', '::1', '10.0.0.2, 127.0.0.1']) {
        const log = (line) => /very process/.test(line) && told.push(trustedProxies);
        resolveNodeOptions({ trustedProxies, log });
      }
      console.log(JSON.stringify(told));
    `),
  ).toEqual(['127.0.0.1']);
});

it('says it where only the loopback of IPv6 is trusted as well', async () => {
  expect(
    await inProcess(`
      Object.defineProperty(process, 'versions', { value: { ...process.versions, deno: '2.9.0' } });
      const { resolveNodeOptions } = await import('@trusted-header/node');
      const told = [];
      resolveNodeOptions({ trustedProxies: '::1', log: (line) => told.push(/very process/.test(line)) });
      console.log(JSON.stringify(told.includes(true)));
    `),
  ).toBe(true);
});
