import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createAuthenticator } from '@trusted-header/core';
import {
  resolveNodeOptions,
  type TrustedProxiesWatch,
  type TrustListEvent,
  watchTrustedProxies,
} from '../../src/index.js';
import { type DnsServer, record, startDnsServer } from './dns-server.js';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

let server: DnsServer;
let watches: TrustedProxiesWatch[] = [];
beforeEach(async () => {
  server = await startDnsServer({ traefik: [record('traefik', '198.51.100.5')] });
});
afterEach(() => {
  for (const watch of watches) watch.close();
  watches = [];
  server.close();
});

function start(trustedProxies: string, optional = false) {
  const lines: string[] = [];
  const log = (line: string) => lines.push(line);
  const authenticator = createAuthenticator({ trustedProxies, optional, log });
  const watch = (sources: string[] = [], onChange?: (event: TrustListEvent) => void) => {
    const dns = { servers: [server.address] };
    const watching = watchTrustedProxies(authenticator, sources, {
      dns,
      ...(onChange && { onChange }),
    });
    watches.push(watching);
    return watching;
  };
  const decide = (peer: string) =>
    authenticator.authenticate({ peer, rawHeaders: ['Remote-User', 'alice'] });
  const believes = (peer: string) => decide(peer).kind === 'authenticated';
  return { authenticator, watch, believes, decide, lines };
}

describe('watchTrustedProxies', () => {
  it('looks up what the list names, and says so', async () => {
    const { watch, believes, lines } = start('dns:traefik, 198.51.100.9');
    const watching = watch();
    expect(['198.51.100.5', '198.51.100.9'].map(believes)).toEqual([false, true]);
    await watching.ready;
    expect(['198.51.100.5', '198.51.100.9'].map(believes)).toEqual([true, true]);
    expect(watching.states()).toStrictEqual([
      { source: 'dns:traefik', state: 'fresh', entries: ['198.51.100.5'] },
    ]);
    expect(lines).toEqual([
      'trusted-header: dns:traefik is looked up; an address that dns:traefik no longer names is believed for at most 65 s, or 300 s while nobody answers',
      'trusted-header: peer 198.51.100.5 sent identity headers but is not in trustedProxies (dns:traefik has no addresses yet); if it is your proxy, see why that is so, or add 198.51.100.5',
      'trusted-header: dns:traefik names 198.51.100.5 (came: 198.51.100.5); an address that dns:traefik no longer names is believed for at most 65 s, or 300 s while nobody answers',
    ]);
  });

  it('tells of each change, to whoever listens', async () => {
    const { watch } = start('dns:traefik');
    const events: unknown[] = [];
    const published: unknown[] = [];
    const listener = (message: unknown) => published.push(message);
    subscribe('trusted-header:trust-list', listener);
    const noisy = watch([], () => {
      throw new Error('an observer');
    });
    await Promise.all([noisy.ready, watch([], (event) => events.push(event)).ready]);
    unsubscribe('trusted-header:trust-list', listener);
    const event = {
      source: 'dns:traefik',
      state: 'fresh',
      entries: ['198.51.100.5'],
      added: ['198.51.100.5'],
      removed: [],
    };
    expect(events).toStrictEqual([event]);
    expect(published).toEqual([event]);
  });

  it('is one watch for an authenticator and a source, whoever asks', async () => {
    const { authenticator, watch } = start('dns:traefik');
    await watch().ready;
    resolveNodeOptions(authenticator);
    resolveNodeOptions({ authenticator });
    await watchTrustedProxies(authenticator).ready;
    // One for each family.
    expect(server.questions()).toBe(2);
  });

  it('adds sources to the list, until it is closed', async () => {
    server.zone.caddy = [record('caddy', '198.51.100.2')];
    const { watch, believes } = start('dns:traefik');
    const [first, second] = [watch(), watch(['dns:caddy', 'dns:traefik'])];
    await Promise.all([first.ready, second.ready]);
    expect(['198.51.100.5', '198.51.100.2'].map(believes)).toEqual([true, true]);
    second.close();
    expect(['198.51.100.5', '198.51.100.2'].map(believes)).toEqual([true, false]);
    second.close();
    first[Symbol.dispose]();
    expect(['198.51.100.5', '198.51.100.2'].map(believes)).toEqual([false, false]);
  });

  it('switches header login on for a source that is added to no list', async () => {
    const { watch, decide } = start('', true);
    expect(decide('198.51.100.5').kind).toBe('anonymous');
    const watching = watch(['dns:traefik']);
    expect(decide('198.51.100.5').kind).toBe('refused');
    await watching.ready;
    expect(decide('198.51.100.5').kind).toBe('authenticated');
    watching.close();
    expect(decide('198.51.100.5').kind).toBe('anonymous');
  });

  it('says of a list that nobody watches any more that it is so', async () => {
    const { watch, decide } = start('dns:traefik');
    const watching = watch();
    await watching.ready;
    watching.close();
    expect(decide('198.51.100.5')).toMatchObject({
      kind: 'refused',
      detail: expect.stringContaining('dns:traefik is watched by nobody'),
    });
  });

  it('follows the list: what it names from now on, and no longer what it named', async () => {
    server.zone.caddy = [record('caddy', '198.51.100.2')];
    const { authenticator, watch, believes } = start('dns:traefik');
    await watch().ready;
    authenticator.setTrustedProxies('dns:caddy');
    expect(['198.51.100.5', '198.51.100.2'].map(believes)).toEqual([false, false]);
    await watchTrustedProxies(authenticator).ready;
    expect(['198.51.100.5', '198.51.100.2'].map(believes)).toEqual([false, true]);
    expect(server.questions()).toBe(4);
    authenticator.setTrustedProxies('dns:caddy, 198.51.100.3');
    expect(['198.51.100.2', '198.51.100.3'].map(believes)).toEqual([true, true]);
    expect(server.questions()).toBe(4);
    const watching = watchTrustedProxies(authenticator);
    expect(watching.states().map(({ source }) => source)).toEqual(['dns:caddy']);
    // Whoever came later had nothing to say of how it is looked up.
    authenticator.setTrustedProxies('dns:traefik');
    await watchTrustedProxies(authenticator).ready;
    expect(believes('198.51.100.5')).toBe(true);
  });

  it('looks nothing up any more once all are closed, whatever the list names then', async () => {
    const { authenticator, watch, decide } = start('dns:traefik');
    const watching = watch();
    await watching.ready;
    watching.close();
    const before = server.questions();
    authenticator.setTrustedProxies('dns:caddy');
    expect(decide('198.51.100.5').kind).toBe('refused');
    expect(watching.states()).toEqual([]);
    expect(server.questions()).toBe(before);
  });

  it('is begun by adapters', () => {
    const { authenticator, lines } = start('file:/nowhere/trusted-proxies');
    for (const _ of ['one', 'another']) resolveNodeOptions(authenticator);
    expect(lines).toEqual([
      'trusted-header: file:/nowhere/trusted-proxies is looked up; while it cannot be read, what it named last is believed without end',
    ]);
  });

  it('takes the options of who has some, though an adapter was there before', async () => {
    const { authenticator, watch, believes } = start('dns:name.invalid');
    server.zone['name.invalid'] = [record('name.invalid', '198.51.100.7')];
    resolveNodeOptions(authenticator);
    await watch().ready;
    expect(believes('198.51.100.7')).toBe(true);
  });

  it('finds a proxy that was made anew within seconds of its first request', async () => {
    const { watch, believes } = start('dns:traefik');
    await watch().ready;
    server.zone.traefik = [record('traefik', '198.51.100.2')];
    const begun = performance.now();
    while (!believes('198.51.100.2')) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(performance.now() - begun).toBeLessThan(6_000);
    expect(believes('198.51.100.5')).toBe(false);
  }, 10_000);

  it.each([
    [{ dns: { server: ['127.0.0.1'] } }, 'dns.server'],
    [{ dns: { servers: ['localhost'] } }, 'dns.servers'],
    [{ dns: { servers: [] } }, 'dns.servers'],
    [{ dns: { lookup: 'x' } }, 'dns.lookup'],
    [{ dns: { allowOwnAddresses: 'yes' } }, 'dns.allowOwnAddresses'],
    [{ https: { refreshSeconds: 59 } }, 'https.refreshSeconds'],
    [{ https: { refreshSeconds: 43_201 } }, 'https.refreshSeconds'],
    [{ https: { refreshSeconds: Number.NaN } }, 'https.refreshSeconds'],
    [{ https: { refreshSeconds: '3600' } }, 'https.refreshSeconds'],
    [{ https: { ca: '' } }, 'https.ca'],
    [{ https: { ca: null } }, 'https.ca'],
    [{ https: { ca: false } }, 'https.ca'],
    [{ https: { ca: [] } }, 'https.ca'],
    [{ https: { ca: [CERTIFICATE, ''] } }, 'https.ca'],
    [{ https: { ca: [[CERTIFICATE]] } }, 'https.ca'],
    [{ https: { ca: '/etc/ssl/lists.pem' } }, 'https.ca'],
    [{ https: { ca: Buffer.from('/etc/ssl/lists.pem') } }, 'https.ca'],
    [{ https: 'x' }, 'https'],
    [{ https: null }, 'https'],
    [{ onChange: 1 }, 'onChange'],
    [{ interval: 1 }, 'options.interval'],
  ])('refuses %j, and names %s', (options, name) => {
    const { authenticator } = start('dns:traefik');
    expect(() =>
      Reflect.apply(watchTrustedProxies, undefined, [authenticator, undefined, options]),
    ).toThrow(new RegExp(`^${name}: `));
  });

  it.each([
    [{ https: { refreshSeconds: 60, ca: CERTIFICATE } }],
    [{ https: { refreshSeconds: 43_200, ca: [CERTIFICATE] } }],
    // As readFileSync gives it without an encoding.
    [{ https: { ca: Buffer.from(CERTIFICATE) } }],
    [{ https: { ca: [CERTIFICATE, Buffer.from(CERTIFICATE)] } }],
    [{ dns: { allowOwnAddresses: false, lookup: async () => [] } }],
  ])('takes %j', (options) => {
    const { authenticator } = start('198.51.100.9');
    const watch = watchTrustedProxies(authenticator, undefined, options);
    watches.push(watch);
    expect(watch.states()).toEqual([]);
  });

  it('refuses what is no authenticator, and sources that are none', () => {
    expect(() => Reflect.apply(watchTrustedProxies, undefined, [{}])).toThrow(
      'authenticator: {} is no authenticator',
    );
    const { authenticator } = start('dns:traefik');
    expect(() => watchTrustedProxies(authenticator, ['198.51.100.5'])).toThrow('is no source');
  });
});
