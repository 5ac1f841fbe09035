import { describe, expect, it, jest } from '@jest/globals';
import {
  type AuthenticatorOptions,
  ConfigError,
  createAuthenticator,
  type LiveLists,
  setupOf,
} from '../src/index.js';

const CLAIM = ['Remote-User', 'alice'];

function start(options: AuthenticatorOptions) {
  const lines: string[] = [];
  const authenticator = createAuthenticator({ log: (line) => lines.push(line), ...options });
  const live = setupOf(authenticator)?.live;
  if (!live) throw new Error('no set-up');
  const believes = (peer: string) =>
    authenticator.authenticate({ peer, rawHeaders: CLAIM }).kind === 'authenticated';
  return { authenticator, live, lines, believes };
}

function faultsOf(live: LiveLists, source: string, entries: readonly string[]): string[] {
  try {
    live.provide(source, entries);
  } catch (error) {
    if (error instanceof ConfigError)
      return error.issues.map(({ option, problem }) => `${option} ${problem}`);
    throw error;
  }
  return [];
}

describe('a list that lives (L1)', () => {
  it('believes what was provided, and literals at all times', () => {
    const { live, believes } = start({ trustedProxies: ['dns:traefik', '10.0.0.1'] });
    expect(['10.0.0.1', '172.20.0.2', '172.20.0.3'].map(believes)).toEqual([true, false, false]);
    expect(live.provide('dns:traefik', ['172.20.0.2', '::ffff:172.20.0.3'])).toEqual([
      '172.20.0.2',
      '172.20.0.3',
    ]);
    expect(['10.0.0.1', '172.20.0.2', '172.20.0.3'].map(believes)).toEqual([true, true, true]);
    live.provide('dns:traefik', ['172.20.0.4']);
    expect(['10.0.0.1', '172.20.0.2', '172.20.0.4'].map(believes)).toEqual([true, false, true]);
    live.provide('dns:traefik', []);
    expect(['10.0.0.1', '172.20.0.2', '172.20.0.4'].map(believes)).toEqual([true, false, false]);
  });

  it.each([
    [
      'DB_PASSWORD=hunter2',
      'file:/l[0]: a text of 19 characters, not shown, is no address; name a list of addresses and blocks',
      'another file of the operator’s',
    ],
    [
      '0123456789abcdef0123456789abcdef',
      'file:/l[0]: a text of 32 characters, not shown, is no address; name a list of addresses and blocks',
      'a key in hex',
    ],
    [
      'postgres://app:hunter2@10.0.0.5/db',
      'file:/l[0]: a text of 34 characters, not shown, is no address; name a list of addresses and blocks',
      'an address with a password',
    ],
    [
      '10.0.0.256',
      'file:/l[0]: "10.0.0.256" is not four decimal numbers from 0 to 255',
      'a slip of the pen',
    ],
    ['"10.0.0.1"', 'file:/l[0]: "\\"10.0.0.1\\"" ', 'quotes that stayed'],
  ])('tells of a file with %j: %s', (text, message, _why) => {
    const { live } = start({ trustedProxies: ['file:/l'] });
    expect(() => live.provide('file:/l', [text])).toThrow(message);
  });

  it('says of a stranger which source names nobody, and why', () => {
    const { authenticator, live, lines } = start({ trustedProxies: ['dns:a', 'dns:b'] });
    const claim = () => authenticator.authenticate({ peer: '172.20.0.9', rawHeaders: CLAIM });
    expect(claim()).toMatchObject({
      reason: 'peer-untrusted',
      detail:
        'dns:a is watched by nobody: see watchTrustedProxies of @trusted-header/node; dns:b is watched by nobody: see watchTrustedProxies of @trusted-header/node',
    });
    live.provide('dns:a', ['172.20.0.2']);
    live.provide('dns:b', [], 'has no addresses yet');
    expect(claim()).toMatchObject({ detail: 'dns:b has no addresses yet' });
    expect(lines.at(-1)).toBe(
      'trusted-header: peer 172.20.0.9 sent identity headers but is not in trustedProxies (dns:b has no addresses yet); if it is your proxy, see why that is so, or add 172.20.0.9',
    );
    live.provide('dns:b', ['172.20.0.3']);
    expect(claim()).toEqual({ kind: 'refused', reason: 'peer-untrusted', peer: '172.20.0.9' });
  });

  it('does not name each of many sources', () => {
    const { authenticator, live } = start({ trustedProxies: 'dns:a dns:b dns:c dns:d dns:e' });
    for (const source of live.sources()) live.provide(source, [], 'is empty');
    expect(authenticator.authenticate({ peer: '172.20.0.9', rawHeaders: CLAIM })).toMatchObject({
      detail: 'dns:a is empty; dns:b is empty; dns:c is empty; so do 2 more',
    });
  });

  it('keeps what a source named if that is still on a new list, and forgets the rest', () => {
    const { authenticator, live, believes } = start({ trustedProxies: ['dns:a', 'dns:b'] });
    live.provide('dns:a', ['10.0.0.1']);
    live.provide('dns:b', ['10.0.0.2']);
    authenticator.setTrustedProxies(['dns:B', '10.0.0.3']);
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(believes)).toEqual([false, true, true]);
    expect(live.sources()).toEqual(['dns:b']);
    expect(live.provide('dns:a', ['10.0.0.1'])).toEqual([]);
    expect(believes('10.0.0.1')).toBe(false);
    authenticator.setTrustedProxies(['dns:a']);
    expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(believes)).toEqual([false, false, false]);
  });

  it('tells when it names other sources, and not when it names the same', () => {
    const { authenticator, live } = start({ trustedProxies: ['dns:a'] });
    const told = jest.fn();
    const stop = live.onSources(told);
    authenticator.setTrustedProxies(['dns:a', '10.0.0.1']);
    live.provide('dns:a', ['10.0.0.2']);
    expect(told).toHaveBeenCalledTimes(0);
    authenticator.setTrustedProxies(['dns:b']);
    expect(told).toHaveBeenCalledTimes(1);
    stop();
    authenticator.setTrustedProxies(['dns:a']);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('tells of strangers who claim something, and of nobody else', () => {
    const { authenticator, live } = start({ trustedProxies: ['dns:a', '10.0.0.1'] });
    const told = jest.fn();
    const stop = live.onStranger(told);
    authenticator.authenticate({ peer: '10.0.0.1', rawHeaders: CLAIM });
    authenticator.authenticate({ peer: '10.0.0.2', rawHeaders: [] });
    authenticator.authenticate({ peer: undefined, rawHeaders: CLAIM });
    expect(told).toHaveBeenCalledTimes(0);
    authenticator.authenticate({ peer: '10.0.0.2', rawHeaders: CLAIM });
    expect(told).toHaveBeenCalledTimes(1);
    stop();
    authenticator.authenticate({ peer: '10.0.0.2', rawHeaders: CLAIM });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('takes more sources than it names, until they are taken back', () => {
    const { live, believes } = start({ trustedProxies: '10.0.0.1' });
    const first = live.include(['dns:a']);
    const second = live.include('dns:A');
    expect(live.sources()).toEqual(['dns:a']);
    live.provide('dns:a', ['10.0.0.2']);
    first();
    first();
    expect(believes('10.0.0.2')).toBe(true);
    second();
    expect(['10.0.0.1', '10.0.0.2'].map(believes)).toEqual([true, false]);
    expect(live.sources()).toEqual([]);
  });

  it.each([
    [
      '10.0.0.2',
      'sources[0]: "10.0.0.2" is no source; write dns:name, file:/path or https://host/path; addresses belong into trustedProxies',
    ],
    ['dns:a dns:-', 'sources[1]: "dns:-" has no host name behind dns:'],
  ])('takes no %j for more sources', (sources, message) => {
    const { live } = start({ trustedProxies: '10.0.0.1' });
    const include = () => live.include(sources);
    expect(include).toThrow(message);
    expect(include).toThrow(expect.objectContaining({ code: 'trusted-proxy-invalid' }));
    expect(live.sources()).toEqual([]);
  });

  it('is on while a source is added to a list that is empty, and off again', () => {
    const { authenticator, live, lines } = start({ trustedProxies: '', optional: true });
    const claim = () => authenticator.authenticate({ peer: '10.0.0.2', rawHeaders: CLAIM }).kind;
    expect(claim()).toBe('anonymous');
    const stop = live.include('dns:a');
    expect(claim()).toBe('refused');
    stop();
    expect(claim()).toBe('anonymous');
    expect(lines.map((line) => line.slice(0, 35))).toEqual([
      'trusted-header: header login is off',
      'trusted-header: header login is on:',
      'trusted-header: peer 10.0.0.2 sent ',
      'trusted-header: header login is off',
    ]);
  });

  it('says what is dangerous about what a name stands for', () => {
    const { live, lines } = start({ trustedProxies: 'dns:host.docker.internal' });
    live.provide('dns:host.docker.internal', ['172.17.0.1']);
    live.provide('dns:host.docker.internal', ['172.17.0.1']);
    expect(lines).toEqual([
      'trusted-header: trustedProxies: 172.17.0.1 is the gateway of Docker’s default network (docker0): whoever comes from there can be anyone; give the proxy a static address and list that one alone',
    ]);
  });

  it('says what is dangerous about a list on the web, and not about each block in it', () => {
    const { live, lines } = start({ trustedProxies: 'https://a.example/b' });
    live.provide('https://a.example/b', ['10.0.0.0/8', '172.16.0.0/12']);
    expect(lines).toEqual([
      'trusted-header: trustedProxies: https://a.example/b is everybody who can connect from that provider: each of its customers can be anyone; admit them only together with a signed assertion, a client certificate or a shared secret',
    ]);
  });
});

describe('what a source may name (L1)', () => {
  const nine = Array.from({ length: 9 }, (_, i) => `10.0.0.${i + 1}`);

  it.each([
    ['dns:a', nine, 'dns:a are 9 entries, and at most 8 are believed', 'a poisoned wide answer'],
    ['dns:a', ['10.0.0.0/24'], 'dns:a[0] is no single address', 'a block'],
    ['dns:a', ['10.0.0.1', '0.0.0.0'], 'dns:a[1] is never the address of', 'unspecified'],
    ['dns:a', ['::'], 'dns:a[0] is never the address of', 'unspecified'],
    ['dns:a', ['224.0.0.1'], 'dns:a[0] is never the address of', 'multicast'],
    ['dns:a', ['ff02::1'], 'dns:a[0] is never the address of', 'multicast'],
    ['dns:a', ['255.255.255.255'], 'dns:a[0] is never the address of', 'broadcast'],
    ['dns:a', ['::ffff:0.0.0.0'], 'dns:a[0] is never the address of', 'mapped'],
    ['dns:a', ['010.0.0.1'], 'dns:a[0] has leading zeros', 'the list’s own grammar'],
    ['dns:a', ['fe80::1%eth0'], 'dns:a[0] has a zone', 'the list’s own grammar'],
    ['dns:a', ['loopback'], 'dns:a[0] is no address', 'a name for ranges'],
    ['dns:a', ['unix:/run/x'], 'dns:a[0] is no address', 'a socket'],
    ['dns:a', ['dns:b'], 'dns:a[0] is a list within a list', 'a chain'],
    ['file:/x', ['file:/y'], 'file:/x[0] is a list within a list', 'a chain'],
    ['file:/x', ['0.0.0.0/0'], 'file:/x[0] trusts every address', 'T1'],
    ['file:/x', ['0.0.0.0/1', '128.0.0.0/1'], 'file:/x together trusts every', 'T1, in parts'],
    ['https://a.example/b', ['10.0.0.0/7'], 'https://a.example/b[0] is wider than /8', 'wide'],
    ['https://a.example/b', ['2000::/15'], 'https://a.example/b[0] is wider than /16', 'wide'],
    ['https://a.example/b', ['127.0.0.1'], 'https://a.example/b[0] is this machine', 'loopback'],
    ['https://a.example/b', ['::1'], 'https://a.example/b[0] is this machine', 'loopback'],
    [
      'https://a.example/b',
      Array.from({ length: 1001 }, (_, i) => `10.0.${i >> 8}.${i & 255}`),
      'https://a.example/b are 1001 entries',
      'too many',
    ],
  ])('%s may not name %j: %s', (source, entries, says) => {
    const { live, believes } = start({ trustedProxies: source });
    live.provide(source, ['10.9.9.9']);
    expect(faultsOf(live, source, entries)).toEqual([expect.stringContaining(says)]);
    // The old list stays in force.
    expect(['10.9.9.9', '10.0.0.1'].map(believes)).toEqual([true, false]);
  });

  it('is no more of a family than eight of the widest blocks, if it is a list on the web', () => {
    const url = 'https://a.example/b';
    const { live, believes } = start({ trustedProxies: url });
    const ipv4 = (count: number) => Array.from({ length: count }, (_, i) => `${i + 20}.0.0.0/8`);
    const ipv6 = (count: number) => Array.from({ length: count }, (_, i) => `200${i}::/16`);
    expect(faultsOf(live, url, ipv4(9))).toEqual([
      'https://a.example/b together hold more of IPv4 than 8 blocks of /8',
    ]);
    expect(faultsOf(live, url, ipv6(9))).toEqual([
      'https://a.example/b together hold more of IPv6 than 8 blocks of /16',
    ]);
    expect(believes('20.0.0.1')).toBe(false);
    // What lies within another is not counted twice.
    expect(faultsOf(live, url, [...ipv4(8), '20.1.0.0/16', ...ipv6(8)])).toEqual([]);
    expect(['20.0.0.1', '2001::1'].map(believes)).toEqual([true, true]);
  });

  it('is no more than ten thousand entries, even of a file: compiling them holds requests up', () => {
    const { live, believes } = start({ trustedProxies: 'file:/x' });
    const entries = Array.from({ length: 10_001 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    expect(faultsOf(live, 'file:/x', entries)).toEqual([
      'file:/x are 10001 entries, and at most 10000 are believed',
    ]);
    expect(believes('10.0.0.1')).toBe(false);
    live.provide('file:/x', entries.slice(1));
    expect(believes('10.0.0.1')).toBe(true);
  });

  it('is not everything together with the list, whichever comes last (T1)', () => {
    const { authenticator, live, believes } = start({ trustedProxies: 'file:/x, 0.0.0.0/1' });
    expect(faultsOf(live, 'file:/x', ['128.0.0.0/1'])).toEqual([
      expect.stringContaining('together trusts every IPv4 address'),
    ]);
    expect(believes('200.0.0.1')).toBe(false);
    authenticator.setTrustedProxies('file:/x');
    live.provide('file:/x', ['128.0.0.0/1']);
    expect(() => authenticator.setTrustedProxies('file:/x, 0.0.0.0/1')).toThrow(ConfigError);
    expect(['1.0.0.1', '200.0.0.1'].map(believes)).toEqual([false, true]);
  });

  const LIST = 'https://a.example/b';

  it.each([
    ['dns:a', nine, 'name the proxy alone'],
    ['dns:a', ['loopback'], 'name addresses only'],
    ['dns:a', ['10.0.0.0/24'], 'name addresses only'],
    ['dns:a', ['::'], 'leave it out'],
    ['file:/x', ['file:/y'], 'write what it names, or list it itself'],
    [LIST, ['::1'], 'leave it out'],
    [LIST, ['10.0.0.0/7'], 'no list is believed that holds more of IPv4 than that'],
    [LIST, ['2000::/15'], 'no list is believed that holds more of IPv6 than that'],
    [
      LIST,
      Array.from({ length: 9 }, (_, i) => `${i + 20}.0.0.0/8`),
      'name the list of one provider',
    ],
  ])('says, where %s names %j, what to do instead: %s', (source, entries, instead) => {
    const { live } = start({ trustedProxies: source });
    expect(() => live.provide(source, entries)).toThrow(
      expect.objectContaining({
        code: 'trusted-proxy-invalid',
        issues: [expect.objectContaining({ instead })],
      }),
    );
  });

  it('quotes one of too many', () => {
    const { live } = start({ trustedProxies: 'dns:a' });
    expect(() => live.provide('dns:a', nine)).toThrow('dns:a: ["10.0.0.1"] are 9 entries');
  });

  it.each([
    [LIST, `the secret of file:/x`],
    [LIST, '10.0.0.1 hunter2'],
    [LIST, `${'a'.repeat(64)}.`],
    ['file:/x', 'hunter2'],
    ['file:/x', 'password: unix:/x'],
  ])('may not be shown, where %s names %j, which may be a secret', (source, text) => {
    const { live } = start({ trustedProxies: source });
    const shown = `a text of ${text.length} characters, not shown, is no address`;
    expect(() => live.provide(source, [text])).toThrow(`${source}[0]: ${shown}`);
  });

  it.each([
    ['dns:a', 'hunter2'],
    [LIST, `${'a'.repeat(63)}.`],
    [LIST, 'fe80::1%eth0'],
    [LIST, '"10.0.0.1/33";'],
    [LIST, 'dns:a b'],
  ])('is shown, where %s names %j: it is like an entry, or comes by DNS', (source, text) => {
    const { live } = start({ trustedProxies: source });
    expect(() => live.provide(source, [text])).toThrow(`${source}[0]: ${JSON.stringify(text)} `);
  });

  it.each([
    ['dns:a', nine.slice(1), 'eight replicas'],
    ['dns:a', ['127.0.0.1'], 'this machine: who looks up has been told that it may'],
    ['file:/x', ['loopback', 'unix:/run/app.sock', '10.0.0.0/7'], 'the operator’s own file'],
    ['https://a.example/b', ['173.245.48.0/20', '2400:cb00::/32', '10.0.0.0/8'], 'ranges'],
  ])('%s may name %j: %s', (source, entries) => {
    const { live } = start({ trustedProxies: source, log: false });
    expect(live.provide(source, entries)).toEqual(entries);
  });
});
