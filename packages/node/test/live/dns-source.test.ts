import { networkInterfaces } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type DnsOptions, dnsSource } from '../../src/live/dns-source.js';
import { type DnsServer, record, startDnsServer } from './dns-server.js';

let server: DnsServer;
beforeEach(async () => {
  server = await startDnsServer();
});
afterEach(() => server.close());

function read(options: DnsOptions = {}, name = 'dns:traefik') {
  const source = dnsSource(name, { servers: [server.address], ...options });
  return source.read(AbortSignal.timeout(4_000));
}

/** A hosts file. */
const hosts =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address })));

const notFound = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));

describe('a name in DNS', () => {
  it('names all its addresses, of both families', async () => {
    server.zone.traefik = [
      record('traefik', '198.51.100.1', 20),
      record('traefik', '198.51.100.2', 20),
      record('traefik', '2001:db8::1', 20),
    ];
    const { entries, nextMs } = await read();
    expect(entries).toEqual(['198.51.100.1', '198.51.100.2', '2001:db8::1']);
    expect(nextMs).toBeGreaterThanOrEqual(18_000);
    expect(nextMs).toBeLessThanOrEqual(20_000);
  });

  it.each([
    [0, 5_000, 5_000, 'an answer that does not hold is asked for every five seconds'],
    [3, 5_000, 5_000, 'no sooner than five seconds'],
    [30, 27_000, 30_000, 'as long as it holds, up to a tenth sooner'],
    [600, 54_000, 60_000, 'Docker says 600: a minute at most'],
  ])('with a TTL of %d s is read again after %d to %d ms: %s', async (ttl, least, most) => {
    server.zone.traefik = [record('traefik', '198.51.100.1', ttl)];
    const { nextMs } = await read();
    expect(nextMs).toBeGreaterThanOrEqual(least);
    expect(nextMs).toBeLessThanOrEqual(most);
  });

  it('goes by the shortest of several TTLs', async () => {
    server.zone.traefik = [
      record('traefik', '198.51.100.1', 60),
      record('traefik', '198.51.100.2', 0),
    ];
    expect((await read()).nextMs).toBe(5_000);
  });

  it('that does not exist names nobody, which is an answer', async () => {
    expect(await read()).toEqual({
      entries: [],
      none: 'there is no such name',
      nextMs: 5_000,
    });
  });

  it('without addresses names nobody', async () => {
    server.zone.traefik = [];
    expect(await read()).toMatchObject({ entries: [], none: 'there is no such name' });
  });

  it('that the server fails at has no answer', async () => {
    server.zone.traefik = 'SERVFAIL';
    await expect(read()).rejects.toThrow('no answer from DNS, ESERVFAIL');
  });

  it.each(['A', 'AAAA'])(
    'that the server fails at in one family, %s, has no answer: half of one would take addresses away',
    async (family) => {
      server.zone.traefik = [record('traefik', '198.51.100.1'), record('traefik', '2001:db8::1')];
      server.zone[`${family} traefik`] = 'SERVFAIL';
      await expect(read()).rejects.toThrow('no answer from DNS, ESERVFAIL');
      server.zone[`${family} traefik`] = 'NXDOMAIN';
      expect((await read()).entries).toHaveLength(1);
    },
  );

  it('is asked for once more where a question was lost', async () => {
    server.zone.traefik = 'silence';
    const reading = read();
    await wait(1_000);
    server.zone.traefik = [record('traefik', '198.51.100.1')];
    expect((await reading).entries).toEqual(['198.51.100.1']);
  });

  it('that nobody answers for is given up when the time is over', async () => {
    server.zone.traefik = 'silence';
    const source = dnsSource('dns:traefik', { servers: [server.address] });
    await expect(source.read(AbortSignal.timeout(200))).rejects.toThrow('DNS, ECANCELLED');
    expect(source.timing.timeoutMs).toBe(5_000);
  });

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.8.8', 'loopback is a /8'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback, mapped'],
    [ownAddress(), 'an address of this machine'],
  ])('that stands for %s is refused whole: %s', async (address) => {
    server.zone.traefik = [record('traefik', '198.51.100.1'), record('traefik', address)];
    await expect(read()).rejects.toThrow('is this machine: name the proxy, or set');
    const { entries } = await read({ allowOwnAddresses: true });
    expect(entries).toHaveLength(2);
  });
});

describe('a name in the hosts file', () => {
  it('counts before DNS, and is looked at again after half a minute', async () => {
    server.zone.traefik = [record('traefik', '198.51.100.9', 5)];
    const { entries, nextMs } = await read({ lookup: hosts('198.51.100.1', '198.51.100.1') });
    expect(entries).toEqual(['198.51.100.1']);
    expect(nextMs).toBeGreaterThanOrEqual(27_000);
    expect(nextMs).toBeLessThanOrEqual(30_000);
  });

  it('is read again as DNS says where DNS has the same', async () => {
    server.zone.traefik = [record('traefik', '198.51.100.1', 7)];
    const { nextMs } = await read({ lookup: hosts('198.51.100.1') });
    expect(nextMs).toBeLessThanOrEqual(7_000);
  });

  it('does not wait for DNS for long', async () => {
    server.zone.traefik = 'silence';
    const before = performance.now();
    expect((await read({ lookup: hosts('198.51.100.1') })).entries).toEqual(['198.51.100.1']);
    expect(performance.now() - before).toBeLessThan(3_000);
    // Nor is it asked for once more, after half of five seconds, when nobody waits for it.
    await wait(1_500);
    expect(server.questions()).toBe(2);
  });

  it('is nobody where the system knows no such name', async () => {
    server.zone.traefik = [record('traefik', '198.51.100.9')];
    expect(await read({ lookup: notFound })).toMatchObject({ entries: [] });
  });

  it('has no answer where the system has none', async () => {
    const again = () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' }));
    await expect(read({ lookup: again })).rejects.toThrow('no answer from DNS, EAI_AGAIN');
  });

  it('has no answer where a look-up of the application’s fails in a way of its own', async () => {
    const lookup = () => Promise.reject(new TypeError('no registry'));
    await expect(read({ lookup })).rejects.toThrow(new Error('TypeError: no registry'));
  });

  it('is asked for by the system’s own look-up', async () => {
    const source = dnsSource('dns:localhost', { allowOwnAddresses: true });
    const { entries } = await source.read(AbortSignal.timeout(5_000));
    expect(['127.0.0.1', '::1']).toEqual(expect.arrayContaining([...entries]));
    expect(entries).not.toEqual([]);
  });

  it('is never looked up twice at a time: a look-up cannot be stopped', async () => {
    let count = 0;
    let answer = (_: { address: string }[]) => {};
    const source = dnsSource('dns:traefik', {
      servers: [server.address],
      lookup: () => {
        count += 1;
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    });
    const first = source.read(AbortSignal.timeout(5_000));
    await expect(source.read(AbortSignal.timeout(5_000))).rejects.toThrow('has not come back yet');
    expect(count).toBe(1);
    answer([{ address: '198.51.100.1' }]);
    expect((await first).entries).toEqual(['198.51.100.1']);
    const next = source.read(AbortSignal.timeout(5_000));
    answer([{ address: '198.51.100.2' }]);
    expect((await next).entries).toEqual(['198.51.100.2']);
  });

  it('waits for the look-up that runs, also when one that was given up comes back meanwhile', async () => {
    const comeBack: (() => void)[] = [];
    const source = dnsSource('dns:traefik', {
      lookup: () => new Promise((resolve) => comeBack.push(() => resolve([]))),
    });
    const signal = AbortSignal.timeout(5_000);
    const begun = performance.now();
    const first = source.read(signal);
    const clock = jest.spyOn(performance, 'now').mockReturnValue(begun + 61_000);
    const second = source.read(signal);
    comeBack[0]?.();
    await first;
    await expect(source.read(signal)).rejects.toThrow('has not come back yet');
    comeBack[1]?.();
    await second;
    expect(comeBack).toHaveLength(2);
    clock.mockRestore();
  });

  it('is looked up again a minute after a look-up of the application’s that never comes back', async () => {
    let count = 0;
    const source = dnsSource('dns:traefik', {
      servers: [server.address],
      lookup: async () => {
        count += 1;
        return count === 1 ? new Promise(() => {}) : [{ address: '198.51.100.2' }];
      },
    });
    const begun = performance.now();
    void source.read(AbortSignal.timeout(5_000));
    const clock = jest.spyOn(performance, 'now');
    clock.mockReturnValue(begun + 59_000);
    await expect(source.read(AbortSignal.timeout(5_000))).rejects.toThrow('has not come back yet');
    clock.mockReturnValue(begun + 61_000);
    expect((await source.read(AbortSignal.timeout(5_000))).entries).toEqual(['198.51.100.2']);
    clock.mockRestore();
  });
});

function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((them) => them ?? []);
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.9';
}
