import { describe, expect, it } from '@jest/globals';
import { auditTrustedProxies, ConfigError } from '../src/index.js';

const brief = (list: string): string[] =>
  auditTrustedProxies(list).map(({ severity, code, entry }) => `${severity} ${code} ${entry}`);

describe('auditTrustedProxies', () => {
  it.each([
    ['172.20.0.2', [], 'one private address is what we ask for'],
    ['fd00::2', [], 'one unique local address'],
    ['100.64.0.9', [], 'one tailnet address'],
    ['unix:/run/app.sock', [], 'a socket that only the proxy may open'],
    ['172.17.0.1', ['high gateway 172.17.0.1'], 'docker0'],
    ['::ffff:172.17.0.1', ['high gateway ::ffff:172.17.0.1'], 'docker0, mapped'],
    ['10.0.2.2', ['high gateway 10.0.2.2'], 'slirp'],
    ['10.0.2.100', ['high gateway 10.0.2.100'], 'where slirp’s published ports come from'],
    ['192.168.65.1', ['high gateway 192.168.65.1'], 'Docker Desktop'],
    ['10.0.2.3', [], 'another address of the same network'],
    ['172.20.0.1', ['medium gateway 172.20.0.1'], 'the first address of most networks'],
    ['10.89.0.1/32', ['medium gateway 10.89.0.1/32'], 'the same as a block of one'],
    ['10.9.1.11', [], 'ends with the digit 1, which is something else'],
    ['fd00:30::1', ['medium gateway fd00:30::1'], 'the first address of a network with IPv6'],
    ['fd00:30::1/128', ['medium gateway fd00:30::1/128'], 'the same as a block of one'],
    ['fd00:30::1:1', [], 'not the first address of its /64'],
    ['fd00:30::1:0:0:1', [], 'neither, past 32 bits'],
    ['fd00:30::100:0:1', [], 'ends with the digit 1 and is something else'],
    ['203.0.113.1', ['medium public-address 203.0.113.1'], 'no container network is public'],
    ['100.64.0.1', [], 'shared address space has tailnets, not container networks'],
    ['172.17.0.0/31', ['high private-block 172.17.0.0/31'], 'reported once'],
    ['172.20.0.0/24', ['high private-block 172.20.0.0/24'], 'a whole Docker network'],
    ['172.20.0.2/31', ['high private-block 172.20.0.2/31'], 'two addresses are one too many'],
    ['fd00:1::/64', ['high private-block fd00:1::/64'], 'a Docker network with IPv6'],
    ['100.64.0.0/10', ['high tailnet-block 100.64.0.0/10'], 'tailnets, and carriers (RFC 6598)'],
    ['100.64.0.0/24', ['high tailnet-block 100.64.0.0/24'], 'a part of it'],
    ['fd7a:115c:a1e0::/48', ['high tailnet-block fd7a:115c:a1e0::/48'], 'all tailnets'],
    ['fd7a:115c:a1e0::9', [], 'one tailnet address'],
    ['fd7a:115c:a1e1::/48', ['high pod-network fd7a:115c:a1e1::/48'], 'beside it'],
    ['fd7a:115c:a1e0::/47', ['high pod-network fd7a:115c:a1e0::/47'], 'more than tailnets'],
    ['10.244.0.0/16', ['high pod-network 10.244.0.0/16'], 'the pods of a cluster'],
    ['fd00:10:244::/56', ['high pod-network fd00:10:244::/56'], 'the pods of a cluster'],
    ['uniquelocal', ['high pod-network uniquelocal'], 'reported once, not per range'],
    ['127.0.0.1', ['medium loopback 127.0.0.1'], 'any local process (CVE-2026-53832)'],
    ['::1', ['medium loopback ::1'], 'any local process'],
    ['loopback', ['medium loopback loopback'], 'any local process'],
    ['::ffff:127.0.0.1', ['medium loopback ::ffff:127.0.0.1'], 'mapped'],
    ['fe80::1', ['medium link-local fe80::1'], 'anybody on the link can take it'],
    ['linklocal', ['high link-local linklocal'], 'everybody on the link'],
    ['203.0.113.9', ['medium public-address 203.0.113.9'], 'documentation space counts as public'],
    ['8.8.8.8', ['medium public-address 8.8.8.8'], 'public'],
    ['8.8.8.0/24', ['high public-block 8.8.8.0/24'], 'public'],
    ['::/127', ['high public-block ::/127'], 'reaches from no address to loopback'],
    ['2600::/32', ['high public-block 2600::/32'], 'public'],
    ['0.0.0.0/1', ['high public-block 0.0.0.0/1'], 'begins at 0.0.0.0, but holds half the world'],
    ['10.0.0.0/7', ['high public-block 10.0.0.0/7'], 'reaches out of private space'],
    ['0.0.0.0', ['low never-a-peer 0.0.0.0'], 'unspecified'],
    ['224.0.0.1', ['low never-a-peer 224.0.0.1'], 'multicast'],
    ['255.255.255.255', ['low never-a-peer 255.255.255.255'], 'broadcast'],
    ['172.20.0.2 172.20.0.2', ['low covered 172.20.0.2'], 'twice the same is reported once'],
    [
      '10.0.0.7 10.0.0.0/24',
      ['low covered 10.0.0.7', 'high private-block 10.0.0.0/24'],
      'covered by a later one',
    ],
    [
      '172.20.0.2 ::ffff:172.20.0.2',
      ['low covered ::ffff:172.20.0.2'],
      'of two that are the same, the later is one too many',
    ],
    [
      'loopback 127.0.0.1',
      ['medium loopback loopback', 'medium loopback 127.0.0.1', 'low covered 127.0.0.1'],
      'covered by one of the ranges of a name',
    ],
    [
      '10.0.0.0/24 10.0.0.0/8',
      ['high private-block 10.0.0.0/24', 'low covered 10.0.0.0/24', 'high pod-network 10.0.0.0/8'],
      'a wide block is not covered by a narrow one with the same address',
    ],
    [
      '32.1.0.0/16 2001:db8::1',
      ['high public-block 32.1.0.0/16', 'medium public-address 2001:db8::1'],
      'an IPv6 address that begins with the bits of an IPv4 block',
    ],
    ['unix:/a unix:/a', ['low covered unix:/a'], 'the same socket twice'],
    ['unix:/a unix:/b', [], 'two sockets'],
  ])('%s: %j (%s)', (list, findings) => {
    expect(brief(list)).toEqual(findings);
  });

  it.each([
    [
      '127.0.0.1',
      'is this machine: any local process, of any user, can be anyone',
      'let the proxy connect over a Unix socket (unix:/run/app.sock) that only it may open',
    ],
    [
      'fe80::1',
      'is link-local: any host on the same link can take this address',
      'give the proxy a static address and list that one alone',
    ],
    [
      'fe80::/64',
      'is link-local: every host on the same link can be anyone',
      'give the proxy a static address and list that one alone',
    ],
    ['224.0.0.1', 'is never the source of a TCP connection', 'leave it out'],
    [
      '10.244.0.0/16',
      'holds 65536 addresses, as much as the pods of a cluster or a whole site: any of them can be anyone',
      'give the proxy a static address and list that one alone; where every pod shares such a network, an address proves nothing',
    ],
    [
      '2600::/96',
      'holds 4294967296 addresses outside private space: whoever gets one of them can be anyone',
      'list the single address of the proxy',
    ],
    [
      '2600::/95',
      'holds 2^33 addresses outside private space: whoever gets one of them can be anyone',
      'list the single address of the proxy',
    ],
    [
      '8.8.8.8',
      'is outside private space: the hop from the proxy crosses networks that are not yours',
      'let the proxy reach the application over a private network or a tunnel',
    ],
  ])('says of %s why it is unwise and what to do instead', (entry, why, instead) => {
    expect(auditTrustedProxies(entry)).toEqual([expect.objectContaining({ entry, why, instead })]);
  });

  it('says why and what to do instead', () => {
    expect(auditTrustedProxies('172.20.0.0/24')).toEqual([
      {
        severity: 'high',
        code: 'private-block',
        entry: '172.20.0.0/24',
        why: 'holds 256 addresses, such as a whole Docker network: any container or host on it can be anyone',
        instead: 'give the proxy a static address and list that one alone',
      },
    ]);
    expect(auditTrustedProxies('10.0.0.0/24 10.0.0.7')[1]).toEqual({
      severity: 'low',
      code: 'covered',
      entry: '10.0.0.7',
      why: 'is already covered by 10.0.0.0/24',
      instead: 'leave one of the two out: 10.0.0.7 is enough if it is the proxy',
    });
    expect(auditTrustedProxies('unix:/a unix:/a')[0]?.instead).toBe(
      'leave one of the two out: unix:/a is enough if it is the proxy',
    );
    expect(auditTrustedProxies('2600::/32')[0]?.why).toContain('2^96 addresses');
  });

  it('says why a gateway is everybody', () => {
    expect(auditTrustedProxies('10.0.2.100 172.20.0.1')).toEqual([
      {
        severity: 'high',
        code: 'gateway',
        entry: '10.0.2.100',
        why: 'is where clients of published ports come from under rootless Docker and Podman (slirp4netns): whoever comes from there can be anyone',
        instead: 'give the proxy a static address and list that one alone',
      },
      {
        severity: 'medium',
        code: 'gateway',
        entry: '172.20.0.1',
        why: 'looks like the gateway of a container network: the machine’s processes and clients of published ports come from it, and each can be anyone',
        instead:
          'give the proxy a static address and list that one alone, unless this is the proxy’s own',
      },
    ]);
  });

  it.each([
    ['192.168.65.1', 'is the gateway of Docker Desktop: whoever comes from there can be anyone'],
    ['10.0.2.2', 'is the gateway of slirp4netns and QEMU: whoever comes from there can be anyone'],
    [
      'dns:traefik',
      'is whoever has that name: any container that can take it, and whoever answers DNS, can be anyone',
      'share a network with the proxy alone, or give the proxy a static address and list that one',
    ],
    [
      'file:/run/list',
      'is whatever stands in that file: whoever can write it, or its folder, can be anyone',
      'let only the operator write it, and mount it read-only',
    ],
    [
      '100.64.0.0/24',
      'holds 256 addresses that Tailscale gives to its nodes: each of them can be anyone, and 100.64.0.0/10 is also what carriers and clusters use',
      'list the address of the one node that is the proxy; or let tailscaleWhois() of @trusted-header/node ask Tailscale about each of them, for which this block is right',
    ],
  ])(
    'says of %s that it %s',
    (entry, why, instead = 'give the proxy a static address and list that one alone') => {
      expect(auditTrustedProxies(entry)).toEqual([expect.objectContaining({ why, instead })]);
    },
  );

  it('throws for a list that is not legal, as construction does', () => {
    expect(() => auditTrustedProxies('*')).toThrow(ConfigError);
  });
});
