import { describe, expect, it } from '@jest/globals';
import { auditFiles, auditInspected } from './audit-run.js';

const APP =
  "app: { image: shop, environment: { TRUSTED_PROXIES: '172.20.0.2' }, networks: [edge] }";
const EDGE = 'networks: { edge: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } } }';
const file = (proxy: string, app = APP, networks = EDGE): string =>
  `services:\n  caddy: { image: caddy, ${proxy} }\n  ${app}\n${networks}\n`;
const STATIC = 'networks: { edge: { ipv4_address: 172.20.0.2 } }';

describe('the audit of each address of the proxy', () => {
  const dual = (list: string, six = ', ipv6_address: "fd00:30::2"'): string =>
    file(
      `networks: { edge: { ipv4_address: 172.20.0.2${six} } }`,
      APP.replace('172.20.0.2', list),
      'networks: { edge: { enable_ipv6: true, ipam: { config: [{ subnet: 172.20.0.0/24 }, { subnet: "fd00:30::/64" }] } } }',
    );

  it('wants IPv6 listed too', async () => {
    const { findings, sentences } = await auditFiles(dual('172.20.0.2'));
    expect(findings).toEqual(['medium proxy-not-listed fd00:30::2']);
    expect(sentences).toEqual([
      'fd00:30::2 is the proxy on edge too, and app does not trust it: requests that come from there are refused; set TRUSTED_PROXIES=172.20.0.2,fd00:30::2',
    ]);
    expect((await auditFiles(dual('172.20.0.2,fd00:30::2'))).findings).toEqual([]);
    expect((await auditFiles(dual('fd00:30::2'))).findings).toEqual([
      'medium proxy-not-listed 172.20.0.2',
    ]);
  });

  it('wants an IPv6 address that Docker chooses to be static, on a network that has some', async () => {
    const { findings } = await auditFiles(dual('172.20.0.2', ''));
    expect(findings).toEqual(['medium address-not-static caddy']);
  });

  it('knows the gateway of an IPv6 subnet', async () => {
    expect((await auditFiles(dual('172.20.0.2,fd00:30::2,fd00:30::1'))).findings).toEqual([
      'high gateway-trusted fd00:30::1',
    ]);
  });

  it('sees both in docker inspect', async () => {
    const container = (Name: string, last: number, Env: string[]) => ({
      Name,
      Config: { Image: Name, Env },
      NetworkSettings: {
        Networks: {
          web: {
            IPAMConfig: { IPv4Address: `172.30.0.${last}` },
            IPAddress: `172.30.0.${last}`,
            IPPrefixLen: 24,
            GlobalIPv6Address: `fd00:30::${last}`,
            GlobalIPv6PrefixLen: 64,
          },
        },
      },
    });
    const { findings, fragment } = await auditInspected([
      container('nginx', 2, []),
      container('app', 3, ['TRUSTED_PROXIES=172.30.0.2']),
    ]);
    expect(findings).toEqual(['medium proxy-not-listed fd00:30::2']);
    expect(fragment).toContain('ipv4_address: 172.30.0.2\n        ipv6_address: fd00:30::2\n');
    expect(fragment).toContain('TRUSTED_PROXIES: 172.30.0.2,fd00:30::2\n');
    expect(fragment).toContain('enable_ipv6: true\n');
  });
});

describe('the audit of networks of IPv6 alone', () => {
  it('keeps them so, in docker inspect', async () => {
    const container = (Name: string, last: number, Env: string[]) => ({
      Name,
      Config: { Image: Name, Env },
      NetworkSettings: {
        Networks: {
          six: {
            IPAMConfig: null,
            IPAddress: '',
            IPPrefixLen: 0,
            Gateway: '',
            IPv6Gateway: 'fd00:31::1',
            GlobalIPv6Address: `fd00:31::${last}`,
            GlobalIPv6PrefixLen: 64,
          },
        },
      },
    });
    const { findings, fragment } = await auditInspected([
      container('nginx', 2, []),
      container('app', 3, ['TRUSTED_PROXIES=fd00:31::2,fd00:31::3,fd00:31::1']),
    ]);
    expect(findings).toEqual([
      'high other-container fd00:31::3',
      'high gateway-trusted fd00:31::1',
      'high address-not-static fd00:31::2',
    ]);
    expect(fragment).toBe(`services:
  nginx:
    networks:
      six:
        ipv6_address: fd00:31::2
  app:
    environment:
      TRUSTED_PROXIES: fd00:31::2
networks:
  six:
    enable_ipv6: true
    ipam:
      config:
        - subnet: "fd00:31::/64"
          ip_range: fd00:31::1:0/112 # for everybody else, so that nobody else gets fd00:31::2
`);
  });
});

describe('the audit of external networks with IPv6', () => {
  it.each<[place: string, list: string, command: string]>([
    [
      '{ edge: { ipv6_address: "fd00:30::1" } }',
      'fd00:30::9',
      '  docker network create --ipv4=false --ipv6 --subnet fd00:30::/64 --ip-range fd00:30::1:0/112 edge',
    ],
    [
      '{ edge: { ipv4_address: 172.20.0.2, ipv6_address: "fd00:30::2" } }',
      '172.20.0.2,172.20.0.9',
      '  docker network create --subnet 172.20.0.0/24 --ip-range 172.20.0.128/25 --ipv6 --subnet fd00:30::/64 --ip-range fd00:30::1:0/112 edge',
    ],
  ])('says how to make it for %s', async (place, list, command) => {
    const text = file(
      `networks: ${place}`,
      APP.replace('172.20.0.2', list),
      'networks: { edge: { external: true } }',
    );
    expect((await auditFiles(text)).steps[2]).toBe(command);
  });
});

describe('the audit of addresses that Docker cannot give', () => {
  it.each<[why: string, text: string, findings: string[]]>([
    [
      'a static address on a network without a subnet',
      file(STATIC, APP, 'networks: { edge: }'),
      ['high address-impossible 172.20.0.2'],
    ],
    [
      'an address outside of the subnet',
      file(STATIC, APP, EDGE.replace('172.20', '172.21')),
      ['high address-impossible 172.20.0.2'],
    ],
    [
      'the gateway’s',
      file(STATIC, APP, EDGE.replace('/24', '/24, gateway: 172.20.0.2')),
      ['high address-impossible 172.20.0.2'],
    ],
    [
      'one that another container has as well',
      file(STATIC, APP.replace('[edge]', '{ edge: { ipv4_address: 172.20.0.2 } }')),
      ['high address-impossible 172.20.0.2'],
    ],
    [
      'nothing to say of an external network',
      file(STATIC, APP, 'networks: { edge: { external: true } }'),
      [],
    ],
  ])('%s', async (_, text, findings) => {
    expect((await auditFiles(text)).findings).toEqual(findings);
  });
});
