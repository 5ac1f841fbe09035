import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { auditFiles, auditInspected } from './audit-run.js';

const APP = 'image: shop, environment: [TRUSTED_PROXIES=172.28.0.2]';
const two = (
  proxy: string,
  app: string,
  proxyNets: string,
  appNets: string,
): Record<string, string> => ({
  'a.yaml': `name: edge\nservices: { caddy: { image: caddy, networks: ${proxy} } }\nnetworks: ${proxyNets}\n`,
  'b.yaml': `name: shop\nservices: { app: { ${APP}, networks: ${app} } }\nnetworks: ${appNets}\n`,
});
const EXTERNAL = '{ web: { external: true, name: edge_default } }';

describe('a network that one project makes and another calls external', () => {
  it.each([
    ['by a name of its own', two('[p]', '[p]', '{ p: { name: p } }', '{ p: { external: true } }')],
    ['by the project’s', two('[p]', '[q]', '{ p: }', '{ q: { external: true, name: edge_p } }')],
    ['as its default', two('[default]', '[web]', '{}', EXTERNAL)],
  ])('is one network, %s', async (_, files) => {
    const before = await auditFiles(files);
    expect(before.findings).toEqual(['high address-not-static caddy']);
    expect(before.steps).toEqual([]);
    const after = await auditFiles({
      'a.yaml': files['a.yaml'] ?? '',
      'a2.yaml': before.fragment ?? '',
      'b.yaml': files['b.yaml'] ?? '',
      'b2.yaml': before.appFragment ?? '',
    });
    expect(after).toMatchObject({ code: 0, findings: [] });
  });

  it('gets its subnet in the file of the application, where that makes it', async () => {
    const files = two(
      '[web]',
      '[default]',
      '{ web: { external: true, name: shop_default } }',
      '{}',
    );
    const { steps, fragment, appFragment } = await auditFiles(files);
    expect(steps).toEqual([]);
    expect(parse(fragment ?? '')).toEqual({
      services: { caddy: { networks: { web: { ipv4_address: '172.28.0.2' } } } },
    });
    expect(parse(appFragment ?? '')).toEqual({
      services: { app: { environment: { TRUSTED_PROXIES: '172.28.0.2' } } },
      networks: {
        default: { ipam: { config: [{ subnet: '172.28.0.0/24', ip_range: '172.28.0.128/25' }] } },
      },
    });
  });

  it('knows the subnet and the address that are there', async () => {
    const nets = '{ default: { ipam: { config: [{ subnet: 172.28.0.0/24 }] } } }';
    const files = two('{ default: { ipv4_address: 172.28.0.2 } }', '[web]', nets, EXTERNAL);
    expect(await auditFiles(files)).toMatchObject({ code: 0, findings: [] });
  });
});

describe('network_mode', () => {
  const file = (proxy: string, app: string): string =>
    `services:\n  caddy: { image: caddy, network_mode: ${proxy} }\n  app: { ${APP}, network_mode: ${app} }\n`;

  it.each([
    ['the name of a network is that network', 'web', 'web', ['high address-not-static caddy']],
    [
      'default is bridge',
      'default',
      'bridge',
      ['high default-bridge caddy, app', 'high unexplained-entry 172.28.0.2'],
    ],
    ['none reaches nobody', 'none', 'web', ['high no-shared-network caddy']],
    ['a variable that nothing sets', '$MODE', 'web', ['medium cannot-judge caddy']],
    ['two names are two networks', 'web', 'lan', ['high no-shared-network caddy, app']],
  ])('%s', async (_, proxy, app, findings) => {
    const audited = await auditFiles(file(proxy, app));
    expect(audited.findings).toEqual(findings);
    // Compose refuses networks beside network_mode.
    expect(audited.fragment).toBe(undefined);
  });
});

describe('a proxy that runs more than once', () => {
  const file = (more: string): string =>
    `services:\n  caddy: { image: caddy, ${more}, networks: { e: { ipv4_address: 172.28.0.2 } } }\n  app: { ${APP}, networks: [e] }\nnetworks: { e: { ipam: { config: [{ subnet: 172.28.0.0/24 }] } } }\n`;
  it.each([
    ['scale: 2', ['high several-replicas caddy']],
    ['deploy: { replicas: 3 }', ['high several-replicas caddy']],
    ['deploy: { mode: global }', ['high several-replicas caddy']],
    ['scale: 1', []],
    ['deploy: { replicas: 1 }', []],
  ])('has more than one address: %s', async (more, findings) => {
    expect((await auditFiles(file(more))).findings).toEqual(findings);
  });
});

describe('docker inspect of what Docker and Podman say less about', () => {
  const container = (
    name: string,
    env: string[],
    endpoint: object,
    command?: string[],
  ): object => ({
    Name: `/${name}`,
    Config: { Image: name, Env: env, ...(command && { CreateCommand: command }) },
    HostConfig: { NetworkMode: 'web' },
    NetworkSettings: { Networks: { web: endpoint } },
  });
  const at = (address: string, asked?: string): object => ({
    IPAMConfig: asked === undefined ? null : { IPv4Address: asked },
    Gateway: address === '' ? '' : '172.28.0.1',
    IPAddress: address,
    IPPrefixLen: address === '' ? 0 : 24,
  });
  const app = container('app', ['TRUSTED_PROXIES=172.28.0.2'], at('172.28.0.3'));
  const PODMAN = ['podman', 'run', '--name', 'caddy'];

  it.each<[why: string, proxy: object, findings: string[]]>([
    ['a stopped proxy keeps what it asked for', container('caddy', [], at('', '172.28.0.2')), []],
    [
      'a stopped proxy that asked for nothing may get anything',
      container('caddy', [], at('')),
      ['high address-not-static caddy'],
    ],
    [
      'Podman’s --network name:ip= is static',
      container('caddy', [], at('172.28.0.2'), [
        ...PODMAN,
        '--network',
        'web:ip=172.28.0.2',
        'caddy',
      ]),
      [],
    ],
    [
      'Podman’s --ip is static',
      container('caddy', [], at('172.28.0.2'), [
        ...PODMAN,
        '--net=web',
        '--ip',
        '172.28.0.2',
        'caddy',
      ]),
      [],
    ],
    [
      'another address in Podman’s command is not its own',
      container('caddy', [], at('172.28.0.2'), [...PODMAN, '--ip=172.28.0.9', 'caddy']),
      ['high address-not-static 172.28.0.2'],
    ],
  ])('%s', async (_, proxy, findings) => {
    expect((await auditInspected([proxy, app])).findings).toEqual(findings);
  });
});
