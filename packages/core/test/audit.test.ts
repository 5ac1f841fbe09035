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
    ['172.20.0.0/24', ['high private-block 172.20.0.0/24'], 'a whole Docker network'],
    ['172.20.0.2/31', ['high private-block 172.20.0.2/31'], 'two addresses are one too many'],
    ['fd00:1::/64', ['high private-block fd00:1::/64'], 'a Docker network with IPv6'],
    ['100.64.0.0/24', ['high private-block 100.64.0.0/24'], 'shared address space (RFC 6598)'],
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
    ['unix:/a unix:/a', ['low covered unix:/a'], 'the same socket twice'],
    ['unix:/a unix:/b', [], 'two sockets'],
  ])('%s: %j (%s)', (list, findings) => {
    expect(brief(list)).toEqual(findings);
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

  it('throws for a list that is not legal, as construction does', () => {
    expect(() => auditTrustedProxies('*')).toThrow(ConfigError);
  });
});
