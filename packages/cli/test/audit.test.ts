import { describe, expect, it } from '@jest/globals';
import { runCli } from './fake-io.js';

interface Net {
  readonly ip?: string;
  readonly isStatic?: boolean;
  readonly gateway?: string;
}

const container = (
  name: string,
  image: string,
  nets: Record<string, Net>,
  list?: string,
  mode = 'bridge',
) => ({
  Id: 'f00',
  Name: `/${name}`,
  Config: {
    Image: image,
    Env: ['PATH=/bin', ...(list === undefined ? [] : [`TRUSTED_PROXIES=${list}`])],
  },
  HostConfig: { NetworkMode: mode },
  NetworkSettings: {
    Networks: Object.fromEntries(
      Object.entries(nets).map(([network, { ip = '', isStatic = false, gateway = '' }]) => [
        network,
        {
          IPAMConfig: isStatic ? { IPv4Address: ip } : null,
          IPAddress: ip,
          IPPrefixLen: 16,
          Gateway: gateway,
        },
      ]),
    ),
  },
});

const inspect = async (containers: unknown, ...args: string[]) =>
  runCli(['audit', '--json', ...args], { files: { '-': JSON.stringify(containers) } });

const codes = (out: string): string[] =>
  JSON.parse(out).findings.map(
    ({ severity, code, subject }: Record<string, string>) => `${severity} ${code} ${subject}`,
  );

describe('audit of a list', () => {
  it.each<[list: string, code: number, findings: string[]]>([
    ['172.20.0.2', 0, []],
    ['172.20.0.0/16', 1, ['high pod-network 172.20.0.0/16']],
    ['172.17.0.1', 1, ['high gateway 172.17.0.1']],
    ['10.0.2.100', 1, ['high gateway 10.0.2.100']],
    ['172.20.0.1', 0, ['medium gateway 172.20.0.1']],
    ['127.0.0.1 172.20.0.2', 0, ['medium loopback 127.0.0.1']],
    ['172.20.0.0/24,172.20.0.2', 1, ['high private-block 172.20.0.0/24', 'low covered 172.20.0.2']],
  ])('judges %s', async (list, code, findings) => {
    const fromArguments = await runCli(['audit', '--json', ...list.split(' ')]);
    const fromEnv = await runCli(['audit', '--json'], {
      env: { TRUSTED_PROXIES: list },
      files: { '-': '\n' },
    });
    expect([fromArguments.code, codes(fromArguments.out)]).toEqual([code, findings]);
    expect([fromEnv.code, codes(fromEnv.out)]).toEqual([code, findings]);
  });

  it('has nothing to say against one static address', async () => {
    expect(await runCli(['audit', '172.20.0.2'])).toEqual({
      code: 0,
      out: 'TRUSTED_PROXIES=172.20.0.2\nnothing to say against it\n',
      err: '',
      written: {},
    });
  });

  it('paints on a terminal only', async () => {
    const painted = await runCli(['audit', '10.0.0.0/8'], { isColourful: true });
    const plain = await runCli(['audit', '10.0.0.0/8']);
    expect(painted.out).toContain('\u001b[31mhigh\u001b[39m');
    expect(plain.out).not.toContain('\u001b');
  });

  it.each<[why: string, args: string[], message: RegExp]>([
    ['nothing to look at', [], /^audit: nothing to look at/],
    ['everybody', ['0.0.0.0/0'], /0\.0\.0\.0\/0/],
    ['a host name', ['traefik'], /"traefik"/],
  ])('refuses %s', async (_, args, message) => {
    const { code, err } = await runCli(['audit', ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('audit of docker inspect', () => {
  it('finds the address that the application sees, and how to make it stay', async () => {
    const { code, out } = await runCli(['audit'], {
      files: {
        '-': JSON.stringify([
          container('traefik', 'traefik:v3.1', {
            web: { ip: '172.21.0.2' },
            proxy: { ip: '172.20.0.3', gateway: '172.20.0.1' },
          }),
          container('app', 'shop:1', { proxy: { ip: '172.20.0.4' } }, '172.20.0.3'),
        ]),
      },
    });
    expect(code).toBe(1);
    expect(out).toBe(`proxy traefik, application app
network proxy: the application sees 172.20.0.3
TRUSTED_PROXIES=172.20.0.3
high: 172.20.0.3 is whatever Docker gives traefik on proxy: after a restart another container may have it, and be anyone; give the proxy a static address, as below

Static address, for the compose file:

services:
  traefik:
    networks:
      proxy:
        ipv4_address: 172.20.0.3
  app:
    environment:
      TRUSTED_PROXIES: 172.20.0.3
networks:
  proxy:
    ipam:
      config:
        - subnet: 172.20.0.0/16
          ip_range: 172.20.128.0/17 # for everybody else, so that nobody else gets 172.20.0.3
`);
  });

  it('has nothing to say against a static address that is listed alone', async () => {
    const { code, out } = await inspect([
      container('app', 'shop:1', { proxy: { ip: '172.20.0.4' } }, '172.20.0.2'),
      container('edge', 'ghcr.io/x/caddy:2', {
        proxy: { ip: '172.20.0.2', isStatic: true, gateway: '172.20.0.1' },
      }),
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      proxy: 'edge',
      app: 'app',
      trustedProxies: '172.20.0.2',
      shared: [
        {
          network: 'proxy',
          address: '172.20.0.2',
          isStatic: true,
          subnet: '172.20.0.0/16',
          gateway: '172.20.0.1',
        },
      ],
      findings: [],
    });
  });

  it.each<
    [
      why: string,
      list: string | undefined,
      proxyNets: Record<string, Net>,
      appNets: Record<string, Net>,
      mode: string,
      expected: string[],
    ]
  >([
    [
      'a whole network',
      '172.20.0.0/16',
      { p: { ip: '172.20.0.2', isStatic: true, gateway: '172.20.0.1' } },
      { p: {} },
      'p',
      ['high pod-network 172.20.0.0/16', 'high gateway-trusted 172.20.0.1'],
    ],
    [
      'another address',
      '172.20.0.9',
      { p: { ip: '172.20.0.2', isStatic: true } },
      { p: {} },
      'p',
      ['high unexplained-entry 172.20.0.9', 'medium proxy-not-listed 172.20.0.2'],
    ],
    [
      'no list',
      undefined,
      { p: { ip: '172.20.0.2', isStatic: true } },
      { p: {} },
      'p',
      ['medium list-missing shop'],
    ],
    [
      'a list that stops the application',
      '0.0.0.0/0',
      { p: { ip: '172.20.0.2', isStatic: true } },
      { p: {} },
      'p',
      ['high list-invalid "0.0.0.0/0"'],
    ],
    [
      'no shared network',
      '172.20.0.2',
      { a: { ip: '172.20.0.2', isStatic: true } },
      { b: {} },
      'a',
      ['high no-shared-network traefik, shop'],
    ],
    [
      'the network of the machine',
      '127.0.0.1',
      {},
      { p: {} },
      'host',
      [
        'high host-network traefik',
        'medium loopback 127.0.0.1',
        'high unexplained-entry 127.0.0.1',
      ],
    ],
    [
      'the network of another container',
      '172.20.0.2',
      {},
      { p: {} },
      'container:abc',
      ['high host-network traefik'],
    ],
    [
      'two shared networks',
      '172.20.0.2,172.21.0.2',
      { a: { ip: '172.20.0.2', isStatic: true }, b: { ip: '172.21.0.2', isStatic: true } },
      { a: {}, b: {} },
      'a',
      ['medium several-shared-networks a, b'],
    ],
  ])('warns of %s', async (_, list, proxyNets, appNets, mode, expected) => {
    const { code, out } = await inspect([
      container('traefik', 'traefik:v3', proxyNets, undefined, mode),
      container('shop', 'shop:1', appNets, list),
    ]);
    expect(codes(out)).toEqual(expected);
    expect(code).toBe(expected.some((line) => line.startsWith('high')) ? 1 : 0);
  });

  it('never guesses between two proxies, or two applications', async () => {
    const nets = { p: { ip: '172.20.0.2', isStatic: true } };
    const containers = [
      container('traefik', 'traefik', nets),
      container('web', 'nginx:1', nets),
      container('shop', 'shop', nets),
      container('blog', 'blog', nets),
    ];
    const both = await inspect(containers);
    expect([both.code, both.err]).toEqual([
      2,
      '--proxy: traefik, web may each be the proxy; write --proxy and its name\n',
    ]);
    const apps = await inspect(containers, '--proxy', 'web');
    expect([apps.code, apps.err]).toEqual([
      2,
      '--app: shop, blog may each be the application; write --app and its name\n',
    ]);
    const told = await inspect(containers, '--proxy', 'web', '--app', 'blog');
    expect(JSON.parse(told.out)).toMatchObject({ proxy: 'web', app: 'blog' });
    const none = await inspect([container('shop', 'shop', nets)]);
    expect(none.err).toBe(
      '--proxy: none of shop looks like the proxy; write --proxy and its name (host, if it runs on the machine itself)\n',
    );
    const unknown = await inspect(containers, '--proxy', 'x');
    expect(unknown.err).toBe(
      '--proxy: "x" is not among the containers; write one of traefik, web, shop, blog\n',
    );
  });

  it('does not take a name that merely holds npm or nginx for a proxy', async () => {
    const nets = { p: { ip: '172.20.0.2', isStatic: true } };
    const { out } = await inspect([
      container('npmirror', 'mynginxish', nets),
      container('swag', 'x', nets),
    ]);
    expect(JSON.parse(out)).toMatchObject({ proxy: 'swag', app: 'npmirror' });
  });

  it.each(['{', '{}', '[{"Id":"x"}]', '[1]', 'hello'])('refuses %s', async (text) => {
    const { code, err } = await runCli(['audit'], { files: { '-': text } });
    expect(code).toBe(2);
    expect(err).toMatch(/^standard input: is not what docker inspect prints/);
  });
});

describe('audit of a compose file', () => {
  const compose = (text: string, ...args: string[]) =>
    runCli(['audit', '--compose', 'c.yaml', '--json', ...args], { files: { 'c.yaml': text } });

  it('accepts a static address that is listed alone', async () => {
    const { code, out } = await compose(`
services:
  caddy:
    image: caddy:2
    networks: { edge: { ipv4_address: 10.9.0.2 } }
  app:
    image: shop
    environment: [TRUSTED_PROXIES=10.9.0.2]
    networks: [edge]
networks:
  edge:
    ipam: { config: [{ subnet: 10.9.0.0/24 }] }
`);
    expect([code, codes(out)]).toEqual([0, []]);
  });

  it('prints what to write where nothing is static', async () => {
    const { code, out } = await compose(`
services:
  caddy: { image: 'caddy:2' }
  app: { image: shop, environment: { TRUSTED_PROXIES: 172.16.0.0/12 } }
`);
    expect(code).toBe(1);
    expect(codes(out)).toEqual(['high pod-network 172.16.0.0/12', 'high address-not-static caddy']);
    expect(JSON.parse(out).fragment).toBe(`services:
  caddy:
    networks:
      default:
        ipv4_address: 10.213.7.2
  app:
    environment:
      TRUSTED_PROXIES: 10.213.7.2
networks:
  default:
    ipam:
      config:
        - subnet: 10.213.7.0/24
          ip_range: 10.213.7.128/25 # for everybody else, so that nobody else gets 10.213.7.2
`);
  });

  it('sees the network of the machine', async () => {
    const { out } = await compose(`
services:
  nginx: { image: nginx, network_mode: host }
  app: { image: shop, environment: { TRUSTED_PROXIES: 10.0.0.7 } }
`);
    expect(codes(out)).toEqual(['high host-network nginx', 'high address-not-static default']);
  });

  it.each<[why: string, text: string, message: RegExp]>([
    ['no services', 'a: 1', /^--compose: c\.yaml has no services/],
    ['no YAML', 'a: [', /^--compose: c\.yaml cannot be read/],
  ])('refuses a file with %s', async (_, text, message) => {
    const { code, err } = await compose(text);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
