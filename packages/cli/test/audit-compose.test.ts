import { describe, expect, it } from '@jest/globals';
import { interpolate, unsetIn } from '../src/audit/interpolate.js';
import { auditFiles, auditInspected } from './audit-run.js';
import { runCli } from './fake-io.js';

const file = (list: string, more = '', address = '172.20.0.2'): string => `
services:
  caddy: { image: caddy, networks: { edge: { ipv4_address: '${address}' } } }
  app:
    image: shop
    ${list}
    networks: [edge]
    ${more}
networks: { edge: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } } }
`;
const IS = (text: string): string => `environment: { TRUSTED_PROXIES: '${text}' }`;
const JUDGED = ['high unexplained-entry 172.20.0.9', 'medium proxy-not-listed 172.20.0.2'];
const UNKNOWN = 'medium cannot-judge app';

describe('the audit of a list that the file takes from elsewhere', () => {
  it.each<
    [why: string, list: string, around: Parameters<typeof auditFiles>[2], findings: string[]]
  >([
    ['the environment', IS('$' + '{X}'), { env: { X: '172.20.0.9' } }, JUDGED],
    ['.env beside the file', IS('$X'), { beside: { '.env': 'X=172.20.0.9\n' } }, JUDGED],
    [
      'the environment before .env',
      IS('$' + '{X:?set it}'),
      { env: { X: '172.20.0.2' }, beside: { '.env': 'X=172.20.0.9' } },
      [],
    ],
    [
      'a variable of .env that holds another',
      IS('$X'),
      { beside: { '.env': "# the proxy\nexport NET='172.20.0'\nX=\"$" + '{NET}.9" # edge\n' } },
      JUDGED,
    ],
    ['a default', IS('$' + '{X:-172.20.0.9}'), {}, JUDGED],
    ['a default that is a variable', IS('$' + '{X-$' + '{Y:-172.20.0.9}}'), {}, JUDGED],
    ['nowhere', IS('$' + '{X}'), {}, [UNKNOWN]],
    ['nowhere, though it must be', IS('$' + '{X:?set it}'), {}, [UNKNOWN]],
    ['nowhere, in part', IS('172.20.0.9,$' + '{X}'), {}, [UNKNOWN]],
    [
      'a name alone',
      'environment: [TRUSTED_PROXIES]',
      { env: { TRUSTED_PROXIES: '172.20.0.9' } },
      JUDGED,
    ],
    ['a name alone that is set nowhere', 'environment: { TRUSTED_PROXIES: }', {}, [UNKNOWN]],
    [
      'an env file',
      'env_file: app.env',
      { beside: { 'app.env': '\ufeffTRUSTED_PROXIES=172.20.0.9\r\n' } },
      JUDGED,
    ],
    [
      'the last of two env files',
      'env_file: [{ path: a.env }, ./b.env]',
      {
        beside: { 'a.env': 'TRUSTED_PROXIES=172.20.0.2', 'b.env': 'TRUSTED_PROXIES="172.20.0.9"' },
      },
      JUDGED,
    ],
    ['an env file that is not here', 'env_file: app.env', {}, [UNKNOWN]],
    [
      'an env file that says nothing of it',
      'env_file: app.env',
      { beside: { 'app.env': 'A=1' } },
      ['medium list-missing app'],
    ],
  ])('%s', async (_, list, around, findings) => {
    const audited = await auditFiles(file(list), ['--app', 'app', '--proxy', 'caddy'], around);
    expect(audited.findings).toEqual(findings);
    expect(audited.code).toBe(findings === JUDGED ? 1 : 0);
  });

  it('says what cannot be judged, and what would be right', async () => {
    expect((await auditFiles(file(IS('$' + '{X:?set it}')))).sentences).toEqual([
      'app takes its list from X, which neither the environment nor .env sets: cannot be judged here; set TRUSTED_PROXIES=172.20.0.2 there, or audit what "docker compose config" prints where it is set',
    ]);
  });

  it('takes an address that is a variable for static', async () => {
    const text = file(IS('$' + '{PROXY}'), '', '$' + '{PROXY}');
    expect((await auditFiles(text)).findings).toEqual([UNKNOWN]);
    expect((await auditFiles(text, [], { env: { PROXY: '172.20.0.7' } })).findings).toEqual([]);
  });

  it('says nothing of a subnet and a network’s name that are variables', async () => {
    const text = file(IS('172.20.0.2')).replace('172.20.0.0/24', '$SUBNET');
    expect((await auditFiles(text)).findings).toEqual([]);
    const external = text
      .replace(/networks: \{ edge: \{ ipam.*/, 'networks: { edge: { external: true, name: $NET } }')
      .replace("{ edge: { ipv4_address: '172.20.0.2' } }", '[edge]');
    const { steps } = await auditFiles(external);
    expect(steps[1]).toBe("  docker network rm '$" + "{NET}'");
  });

  it('follows anchors and merge keys', async () => {
    const text = `x-env: &env { TRUSTED_PROXIES: 172.20.0.9 }\n${file('environment: { <<: *env, A: b }')}`;
    expect((await auditFiles(text)).findings).toEqual(JUDGED);
  });

  it('reads a list of another name', async () => {
    const text = file('environment: { PROXIES: 172.20.0.9 }');
    const { findings, sentences, fragment } = await auditFiles(text, ['--variable', 'PROXIES']);
    expect(findings).toEqual(JUDGED);
    expect(sentences[0]).toContain('set PROXIES=172.20.0.2');
    expect(fragment).toContain('PROXIES: 172.20.0.2');
  });
});

describe('variables in a compose file', () => {
  const env: Readonly<Record<string, string>> = { A: 'a', EMPTY: '' };
  it.each([
    ['x $A y', 'x a y'],
    ['$' + '{A}$' + '{A}', 'aa'],
    ['$$A $$' + '{A}', '$A $' + '{A}'],
    ['$' + '{EMPTY:-d}', 'd'],
    ['$' + '{EMPTY-d}', ''],
    ['$' + '{NO:-}', ''],
    ['$' + '{NO-$' + '{A:+{x}}}', '{x}'],
    ['$' + '{A:+other}', 'other'],
    ['$' + '{EMPTY:+other}', ''],
    ['$' + '{EMPTY+other}', 'other'],
    ['costs $ 5 and $' + '{A', 'costs $ 5 and $' + '{A'],
    ['$' + '{A!}', '$' + '{A!}'],
  ])('%s is %j', (text, filled) => {
    expect(interpolate(text, (name) => env[name])).toBe(filled);
  });

  it('are known where nothing sets them', () => {
    expect(unsetIn(interpolate('$X,$' + '{Y:?no},$A,$X', (name) => env[name]))).toEqual(['X', 'Y']);
  });
});

describe('the audit of several compose files', () => {
  it('merges them as compose does', async () => {
    const base = `
services:
  caddy: { image: caddy, networks: [edge] }
  app: { image: shop, environment: [A=1, TRUSTED_PROXIES=172.20.0.9], ports: ['1:1'], networks: [edge] }
`;
    const over = `
services:
  caddy: { networks: { edge: { ipv4_address: 172.20.0.2 } } }
  app: { environment: { TRUSTED_PROXIES: 172.20.0.2 }, ports: ['2:2', '1:1'] }
networks: { edge: { ipam: { config: [{ subnet: 172.20.0.0/24 }] } } }
`;
    const ports = ['medium port-published 1:1', 'medium port-published 2:2'];
    expect((await auditFiles({ 'a.yaml': base, 'b.yaml': over })).findings).toEqual(ports);
    const override = over.replace("['2:2', '1:1']", "!override ['2:2']");
    expect((await auditFiles({ 'a.yaml': base, 'b.yaml': override })).findings).toEqual([ports[1]]);
    const reset = over.replace("ports: ['2:2', '1:1']", 'ports: !reset []');
    expect((await auditFiles({ 'a.yaml': base, 'b.yaml': reset })).findings).toEqual([]);
  });

  it('merges subnets of a network by what they are, and replaces a command', async () => {
    const base = `
name: shop
services:
  traefik:
    image: traefik
    command: [--providers.docker.network=shop_two]
    networks: { one: { ipv4_address: 172.20.0.1 }, two: { ipv4_address: 172.21.0.2 } }
  app: { image: shop, environment: { TRUSTED_PROXIES: 172.20.0.1 }, networks: [one, two] }
networks:
  one: { ipam: { config: [{ subnet: 172.20.0.0/24, gateway: 172.20.0.254 }] } }
  two: { ipam: { config: [{ subnet: 172.21.0.0/24 }] } }
`;
    const over = `
services: { traefik: { command: --providers.docker.network=shop_one } }
networks: { one: { ipam: { config: [{ subnet: 172.20.0.0/24, ip_range: 172.20.0.128/25 }] } } }
`;
    const { findings, shared } = await auditFiles({ 'a.yaml': base, 'b.yaml': over });
    expect(findings).toEqual([]);
    expect(shared).toMatchObject([{ network: 'one', gateway: '172.20.0.254' }]);
    const list = over
      .replace('command: --providers', 'command: [--providers')
      .replace('_one', '_one]');
    expect((await auditFiles({ 'a.yaml': base, 'b.yaml': list })).findings).toEqual([]);
  });

  it('takes a file with another name for another project, whose default network is another', async () => {
    const proxy = 'name: edge\nservices: { caddy: { image: caddy } }';
    const app =
      'name: shop\nservices: { app: { image: shop, environment: [TRUSTED_PROXIES=172.20.0.2] } }';
    expect((await auditFiles({ 'a.yaml': proxy, 'b.yaml': app })).findings).toEqual([
      'high no-shared-network caddy, app',
    ]);
  });

  it('writes what each project needs, where an external network joins two', async () => {
    const net = 'networks: { web: { external: true } }';
    const proxy = `name: edge\nservices: { caddy: { image: caddy, networks: [web] } }\n${net}`;
    const app = `name: shop\nservices: { app: { image: shop, environment: [TRUSTED_PROXIES=172.20.0.2], networks: [default, web] } }\n${net}`;
    const { findings, fragment, appFragment, steps } = await auditFiles({
      'a.yaml': proxy,
      'b.yaml': app,
    });
    expect(findings).toEqual(['high address-not-static caddy']);
    expect(steps[2]).toBe(
      '  docker network create --subnet 172.20.0.0/24 --ip-range 172.20.0.128/25 web',
    );
    expect(fragment).toBe(
      'services:\n  caddy:\n    networks:\n      web:\n        ipv4_address: 172.20.0.2\n',
    );
    expect(appFragment).toBe(
      'services:\n  app:\n    environment:\n      TRUSTED_PROXIES: 172.20.0.2\n',
    );
  });

  it('judges a list alone where the proxy is in another file', async () => {
    const text = `
services:
  app: { image: shop, environment: { TRUSTED_PROXIES: '172.20.0.2 172.20.0.3 172.17.0.1' }, networks: [edge] }
  db: { image: postgres, networks: { edge: { ipv4_address: 172.20.0.3 } } }
networks: { edge: { external: true } }
`;
    const { findings, code, sentences } = await auditFiles(text);
    expect(findings).toEqual([
      'medium proxy-unknown app',
      'high other-container 172.20.0.3',
      'high gateway 172.17.0.1',
    ]);
    expect(code).toBe(1);
    expect(sentences[0]).toContain(
      'name its file with another --compose, or write --proxy and its name (host,',
    );
  });

  it('says what is in files that it does not read', async () => {
    const text = file(IS('172.20.0.2'), 'extends: { file: base.yaml, service: web }');
    expect((await auditFiles(`${text}include: [more.yaml]\n`)).findings).toEqual([
      'medium cannot-judge include',
      'medium cannot-judge app',
    ]);
  });

  it('reads what a service extends in its own file, and goes round no circle', async () => {
    const text = file('extends: base', '').replace(
      'services:',
      `services:\n  base: { image: base, extends: { service: app }, ${IS('172.20.0.9')} }`,
    );
    const { findings } = await auditFiles(text, ['--app', 'app', '--proxy', 'caddy']);
    expect(findings).toEqual(JUDGED);
  });
});

describe('the audit of what compose has made', () => {
  const container = (
    name: string,
    project: string,
    service: string,
    net: string,
    ip: string,
    env: string[] = [],
  ) => ({
    Id: 'f'.repeat(63) + ip.at(-1),
    Name: `/${name}`,
    Config: {
      Image: `${service}:1`,
      Env: env,
      Labels: {
        'com.docker.compose.service': service,
        ...(project !== '' && { 'com.docker.compose.project': project }),
      },
    },
    HostConfig: { NetworkMode: net },
    NetworkSettings: {
      Networks: {
        [net]: { IPAMConfig: null, Gateway: '172.19.0.1', IPAddress: ip, IPPrefixLen: 16 },
      },
    },
  });
  const two = (project: string, net: string, sep = '-') => [
    container(`stack${sep}traefik${sep}1`, project, 'traefik', net, '172.19.0.3'),
    container(`stack${sep}app${sep}1`, project, 'app', net, '172.19.0.2', [
      'TRUSTED_PROXIES=172.19.0.3',
    ]),
  ];

  it.each([
    ['by the label of its project', two('stack', 'stack_default')],
    ['by the names of its containers', two('', 'stack_default')],
    ['by the names of the first generation', two('', 'stack_default', '_')],
  ])('is named as its file names it, %s', async (_, containers) => {
    const { fragment } = await auditInspected(containers, ['--proxy', 'traefik']);
    expect(fragment).toBe(`services:
  traefik:
    networks:
      default:
        ipv4_address: 172.19.0.3
  app:
    environment:
      TRUSTED_PROXIES: 172.19.0.3
networks:
  default:
    ipam:
      config:
        - subnet: 172.19.0.0/16
          ip_range: 172.19.128.0/17 # for everybody else, so that nobody else gets 172.19.0.3
`);
    const byName = await auditInspected(containers, ['--app', containers[1]?.Name.slice(1) ?? '']);
    expect(byName.fragment).toBe(fragment);
  });

  it('gives a network of somebody else no ipam', async () => {
    const { fragment, steps } = await auditInspected(two('stack', 'proxy'));
    expect(fragment).not.toContain('ipam');
    expect(steps[2]).toBe(
      '  docker network create --subnet 172.19.0.0/16 --ip-range 172.19.128.0/17 proxy',
    );
  });

  it('finds the container whose network another one uses by its id', async () => {
    const [proxy, app] = two('stack', 'stack_default');
    const vpn = {
      ...app,
      Name: '/vpn',
      Id: 'abcdef012345'.padEnd(64, '0'),
      Config: { Image: 'vpn' },
    };
    const inside = (id: string) => ({
      ...app,
      HostConfig: { NetworkMode: `container:${id}` },
      NetworkSettings: { Networks: {} },
    });
    for (const id of [vpn.Id, 'abcdef012345']) {
      const { shared } = await auditInspected([proxy, vpn, inside(id)], ['--proxy', 'traefik']);
      expect(shared).toMatchObject([{ network: 'default', address: '172.19.0.3' }]);
    }
  });

  it('knows networks that are printed along', async () => {
    const network = {
      Name: 'proxy',
      IPAM: { Config: [{ Subnet: '172.19.0.0/24', Gateway: '172.19.0.254' }] },
      Labels: { 'com.docker.compose.network': 'web', 'com.docker.compose.project': 'stack' },
    };
    const { fragment, shared } = await auditInspected([...two('stack', 'proxy'), network]);
    expect(fragment).toContain('subnet: 172.19.0.0/24');
    expect(fragment).toContain('  web:\n');
    expect(shared).toMatchObject([{ network: 'web', gateway: '172.19.0.254' }]);
  });

  it('asks which, where a service has several containers', async () => {
    const [proxy, app] = two('stack', 'stack_default');
    const other = { ...app, Name: '/stack-app-2' };
    const { code, err } = await runCli(['audit', '--app', 'app'], {
      files: { '-': JSON.stringify([proxy, app, other]) },
    });
    expect(code).toBe(2);
    expect(err).toBe('--app: "app" may be each of stack-app-1, stack-app-2; write one\n');
  });
});
