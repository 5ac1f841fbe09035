import { describe, expect, it } from '@jest/globals';
import { auditFiles, auditInspected } from './audit-run.js';

const APP =
  "app: { image: shop, environment: { TRUSTED_PROXIES: '172.20.0.2' }, networks: [edge] }";
const EDGE = 'networks: { edge: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } } }';
const file = (proxy: string, app = APP, networks = EDGE): string =>
  `services:\n  caddy: { image: caddy, ${proxy} }\n  ${app}\n${networks}\n`;

describe('the audit of a proxy on the machine', () => {
  const app = (list: string, more = ''): string => `
services:
  app: { image: shop, environment: { TRUSTED_PROXIES: '${list}' }${more} }
${EDGE.replace('edge', 'default')}
`;
  const HOST = ['--proxy', 'host'];
  const MACHINE = 'medium host-network the machine';

  it.each<[why: string, text: string, findings: string[]]>([
    [
      'comes from the gateway of the application’s network',
      app('172.20.0.1', ", ports: ['127.0.0.1:3000:3000', '[::1]:3000:3000']"),
      [MACHINE],
    ],
    [
      'never comes from 127.0.0.1',
      app('127.0.0.1'),
      [
        MACHINE,
        'medium loopback 127.0.0.1',
        'high unexplained-entry 127.0.0.1',
        'medium proxy-not-listed 172.20.0.1',
      ],
    ],
    [
      'has no use for a port that everybody may connect to',
      app('172.20.0.1', ", ports: ['3000:3000']"),
      [MACHINE, 'high port-published 3000:3000'],
    ],
    [
      'comes from 127.0.0.1 where the application is on the machine as well',
      app('127.0.0.1', ', network_mode: host'),
      [MACHINE, 'medium loopback 127.0.0.1'],
    ],
  ])('%s', async (_, text, findings) => {
    expect((await auditFiles(text, HOST)).findings).toEqual(findings);
  });

  it('comes from a gateway that only its maker knows, on an external network', async () => {
    const text = app('172.20.0.1').replace(
      /networks: .*/,
      'networks: { default: { external: true, name: web } }',
    );
    const { code, findings, sentences, fragment } = await auditFiles(text, HOST);
    expect(findings).toEqual([MACHINE, 'medium cannot-judge default']);
    expect(sentences[1]).toBe(
      'default is made outside of this file, so that its gateway, from which the proxy on the machine comes, cannot be judged here; list the gateway that docker network inspect shows',
    );
    expect([code, fragment]).toEqual([0, undefined]);
  });

  it.each([
    [app('10.0.2.100'), ['high gateway 10.0.2.100', 'medium proxy-not-listed 172.20.0.1']],
    [
      app('172.31.0.1'),
      [
        'medium gateway 172.31.0.1',
        'high unexplained-entry 172.31.0.1',
        'medium proxy-not-listed 172.20.0.1',
      ],
    ],
    [
      'services: { app: { image: shop, environment: [TRUSTED_PROXIES=172.17.0.1] } }',
      ['high gateway 172.17.0.1', 'high address-not-static default'],
    ],
  ])('does not come from just any gateway: %s', async (text, findings) => {
    expect((await auditFiles(text, HOST)).findings).toEqual([MACHINE, ...findings]);
  });

  it('never comes from 127.0.0.1, whatever the gateway is', async () => {
    const text =
      "services: { app: { image: shop, environment: ['TRUSTED_PROXIES=127.0.0.1 ::1'] } }";
    expect((await auditFiles(text, HOST)).findings).toEqual([
      MACHINE,
      'medium loopback 127.0.0.1',
      'high unexplained-entry 127.0.0.1',
      'medium loopback ::1',
      'high unexplained-entry ::1',
      'high address-not-static default',
    ]);
  });

  it('wants the gateway to stay, and says how', async () => {
    const text =
      "services: { app: { image: shop, environment: [TRUSTED_PROXIES=10.1.2.3], ports: ['0.0.0.0:80:3000'] } }";
    const { findings, fragment, sentences } = await auditFiles(text, HOST);
    expect(findings).toEqual([
      MACHINE,
      'high port-published 0.0.0.0:80:3000',
      'high address-not-static default',
    ]);
    expect(sentences[1]).toContain('publish it to the machine alone: 127.0.0.1:80:3000');
    expect(fragment).toBe(`services:
  app:
    environment:
      TRUSTED_PROXIES: 10.213.7.1
networks:
  default:
    ipam:
      config:
        - subnet: 10.213.7.0/24
          gateway: 10.213.7.1
`);
    const local = text.replace('0.0.0.0', '127.0.0.1');
    const after = await auditFiles({ 'c.yaml': local, 'advice.yaml': fragment ?? '' }, HOST);
    expect(after).toMatchObject({ code: 0, findings: [MACHINE], fragment: undefined });
  });

  it('comes from Docker’s own address on the default network, which stays', async () => {
    const text = app('172.17.0.1', ', network_mode: bridge');
    expect((await auditFiles(text, HOST)).findings).toEqual([MACHINE]);
  });

  it('is seen in docker inspect by the gateway', async () => {
    const container = {
      Name: '/app',
      Config: { Image: 'shop', Env: ['TRUSTED_PROXIES=172.18.0.1'] },
      NetworkSettings: {
        Networks: { web: { IPAddress: '172.18.0.5', IPPrefixLen: 16, Gateway: '172.18.0.1' } },
      },
    };
    expect((await auditInspected([container], HOST)).findings).toEqual([
      MACHINE,
      'low address-not-static 172.18.0.1',
    ]);
  });

  it('in a container with the machine’s network comes from there too', async () => {
    const text = file('network_mode: host', APP.replace('172.20.0.2', '127.0.0.1'));
    const { findings } = await auditFiles(text);
    expect(findings).toEqual([
      'high host-network caddy',
      'medium loopback 127.0.0.1',
      'high unexplained-entry 127.0.0.1',
      'medium proxy-not-listed 172.20.0.1',
    ]);
  });
});

describe('the audit of containers that share a network stack', () => {
  const vpn = (proxy: string, app: string, list: string): string => `
services:
  vpn: { image: gluetun, networks: { edge: { ipv4_address: 172.20.0.2 } }, ports: ['8080:3000'] }
  caddy: { image: caddy, ${proxy} }
  app: { image: shop, environment: { TRUSTED_PROXIES: '${list}' }, ${app} }
${EDGE}
`;
  const IN = 'network_mode: "service:vpn"';

  it('says who is in it, where both are', async () => {
    const { findings, sentences } = await auditFiles(vpn(IN, IN, '127.0.0.1'));
    expect(findings).toEqual([
      'high host-network caddy',
      'high host-network app',
      'medium port-published 8080:3000',
    ]);
    expect(sentences[0]).toBe(
      'caddy shares the network of vpn, app, and so its address: whatever runs there can be anyone; put proxy and application on a network of their own',
    );
  });

  it('knows the application’s way in, where it alone is', async () => {
    const { findings } = await auditFiles(
      vpn('networks: { edge: { ipv4_address: 172.20.0.9 } }', IN, '172.20.0.9'),
    );
    expect(findings).toEqual(['high host-network app', 'medium port-published 8080:3000']);
  });

  it('knows the proxy’s address, where it alone is', async () => {
    const { findings } = await auditFiles(vpn(IN, 'networks: [edge]', '172.20.0.2'));
    expect(findings).toEqual(['high host-network caddy']);
  });
});

describe('the audit where nobody has an address to keep', () => {
  it('says of Docker’s default network that no address on it can be static', async () => {
    const container = (Name: string, last: number, Env: string[]) => ({
      Name,
      Config: { Image: Name, Env },
      NetworkSettings: {
        Networks: {
          bridge: { IPAddress: `172.17.0.${last}`, IPPrefixLen: 16, Gateway: '172.17.0.1' },
        },
      },
    });
    const { findings, steps, fragment } = await auditInspected([
      container('/traefik', 2, []),
      container('/app', 3, ['TRUSTED_PROXIES=172.17.0.2']),
    ]);
    expect(findings).toEqual(['high default-bridge traefik, app']);
    expect(fragment).toBe(undefined);
    expect(steps).toEqual([
      'Make a network of their own, and start both on it:',
      '  docker network create --subnet 10.213.7.0/24 --ip-range 10.213.7.128/25 trusted-header',
      '  docker run --name traefik --network trusted-header --ip 10.213.7.2 …',
      '  docker run --name app --network trusted-header --env TRUSTED_PROXIES=10.213.7.2 …',
    ]);
  });

  it('says the same of network_mode: bridge, with which no network can be written', async () => {
    const text = file(
      'network_mode: bridge',
      'app: { image: shop, environment: { TRUSTED_PROXIES: 172.17.0.2 }, network_mode: bridge }',
      '',
    );
    const { findings, steps, fragment } = await auditFiles(text);
    expect(findings).toEqual(['high default-bridge caddy, app']);
    expect(fragment).toBe(undefined);
    expect(steps).toEqual([
      'Take network_mode out of caddy and app, so that both are on the project’s own network, and audit again: it says then which address to write.',
    ]);
  });

  it.each<[program: string, networks: unknown]>([
    ['slirp4netns', null],
    ['pasta', { pasta: { IPAddress: '192.168.1.9', IPPrefixLen: 24, Gateway: '192.168.1.1' } }],
  ])('names %s of rootless Podman', async (program, Networks) => {
    const container = (Name: string, Env: string[]) => ({
      Name,
      Config: { Image: Name, Env },
      HostConfig: { NetworkMode: program },
      NetworkSettings: { Networks },
    });
    const { findings, sentences, steps, fragment } = await auditInspected([
      container('caddy', []),
      container('app', ['TRUSTED_PROXIES=10.0.2.100']),
    ]);
    expect(findings).toEqual([
      'high rootless-network caddy',
      'high rootless-network app',
      'high gateway 10.0.2.100',
    ]);
    expect(sentences[0]).toContain(`has no network but ${program}, as rootless Podman does it`);
    expect(fragment).toBe(undefined);
    expect(steps[2]).toBe('  podman run --name caddy --network trusted-header:ip=10.213.7.2 …');
  });
});

describe('the audit of networks that Traefik chooses', () => {
  const traefik = (label: string, settings = ''): string => `
name: media
services:
  traefik:
    image: traefik:v3
    ${settings}
    networks: { edge: {}, apps: { ipv4_address: 172.31.20.2 } }
  app:
    image: shop
    environment: { TRUSTED_PROXIES: 172.31.20.2 }
    labels: ['${label}']
    networks: [edge, apps]
networks: { edge: {}, apps: { ipam: { config: [{ subnet: 172.31.20.0/24 }] } } }
`;

  it.each<[why: string, text: string, findings: string[]]>([
    ['a label of the application names it', traefik('traefik.docker.network=media_apps'), []],
    [
      'its provider’s option names it',
      traefik('a=b', 'command: ["--providers.docker.network=media_apps"]'),
      [],
    ],
    [
      'its environment names it',
      traefik('a=b', 'environment: { TRAEFIK_PROVIDERS_DOCKER_NETWORK: media_apps }'),
      [],
    ],
    [
      'the label names another, which is not listed',
      traefik('traefik.docker.network=media_edge'),
      ['high unexplained-entry 172.31.20.2', 'high address-not-static traefik'],
    ],
    [
      'the label names none that Docker knows',
      traefik('traefik.docker.network=apps'),
      ['medium several-shared-networks edge, apps'],
    ],
    ['nothing names it', traefik('a=b'), ['medium several-shared-networks edge, apps']],
  ])('%s', async (_, text, findings) => {
    expect((await auditFiles(text)).findings).toEqual(findings);
  });

  it('says of the proxy’s address on another network that it does not come from there', async () => {
    const { sentences } = await auditFiles(traefik('traefik.docker.network=media_edge'));
    expect(sentences[0]).toMatch(/^172\.31\.20\.2 is traefik on apps, by which it does not come; /);
  });

  it('never advises to trust a dynamic address on the wider network', async () => {
    const { sentences, fragment } = await auditInspected(inspected('172.31.20.2'));
    expect(sentences).toEqual([
      'edge, apps are shared by both: which of its addresses the proxy comes from is up to Docker; share one network only, or give the application the label traefik.docker.network=media_apps',
      '172.18.0.3 is the proxy on edge too, and app does not trust it: requests that come from there are refused; share one network only, or give the application the label traefik.docker.network=media_apps',
    ]);
    expect(fragment).toBe(undefined);
  });

  it('says of a dynamic address that is trusted beside a static one what it is', async () => {
    expect((await auditInspected(inspected('172.31.20.2,172.18.0.3'))).findings).toEqual([
      'medium several-shared-networks edge, apps',
      'high address-not-static 172.18.0.3',
    ]);
  });

  const inspected = (list: string) => [
    {
      Name: '/media-traefik-1',
      Config: { Image: 'traefik:v3', Env: [], Labels: { 'com.docker.compose.service': 'traefik' } },
      NetworkSettings: {
        Networks: {
          media_edge: { IPAddress: '172.18.0.3', IPPrefixLen: 16, IPAMConfig: null },
          media_apps: {
            IPAddress: '172.31.20.2',
            IPPrefixLen: 24,
            IPAMConfig: { IPv4Address: '172.31.20.2' },
          },
        },
      },
    },
    {
      Name: '/media-app-1',
      Config: {
        Image: 'shop',
        Env: [`TRUSTED_PROXIES=${list}`],
        Labels: { 'com.docker.compose.service': 'app' },
      },
      NetworkSettings: {
        Networks: {
          media_edge: { IPAddress: '172.18.0.4', IPPrefixLen: 16 },
          media_apps: { IPAddress: '172.31.20.3', IPPrefixLen: 24 },
        },
      },
    },
  ];
});
