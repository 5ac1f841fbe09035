import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { type Audited, auditFiles } from './audit-run.js';

/** Applies the advice by merging it with its input, and audits again. */
async function applied(text: string, args: readonly string[] = []): Promise<[Audited, Audited]> {
  const before = await auditFiles(text, args);
  const files = { 'c.yaml': text, 'advice.yaml': before.fragment ?? 'services: {}' };
  return [before, await auditFiles(files, args)];
}

const EXTERNAL = `
services:
  traefik:
    image: traefik:v3.6
    command:
      - --providers.docker=true
      - --providers.docker.exposedbydefault=false
      - --entrypoints.websecure.address=:443
    ports:
      - "80:80"
      - "443:443"
    networks: [proxy]
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
    restart: unless-stopped
  authelia:
    image: authelia/authelia:4.39
    networks: [proxy]
    volumes:
      - ./authelia:/config
    restart: unless-stopped
  app:
    image: shop
    environment:
      TRUSTED_PROXIES: 172.20.0.2
      LANG: de
    user: node
    read_only: true
    depends_on: [db]
    networks:
      - proxy
      - db
    labels:
      - traefik.enable=true
      - traefik.http.routers.app.rule=Host(\`app.example.com\`)
      - traefik.http.routers.app.middlewares=authelia@docker
    restart: unless-stopped
  db:
    image: postgres:17
    networks: [db]
    restart: unless-stopped
networks:
  proxy:
    external: true
  db:
    internal: true
`;

describe('the advice of the audit, applied and audited again', () => {
  it('leaves nothing to say about 45 lines with an external network', async () => {
    expect(EXTERNAL.trim().split('\n')).toHaveLength(45);
    const [before, after] = await applied(EXTERNAL);
    expect(before.findings).toEqual(['high address-not-static traefik']);
    expect(before.steps).toEqual([
      'The network proxy is made outside of this file, which may not give it a subnet. If its subnet was asked for and holds 172.20.0.2 (docker network inspect proxy), leave it; else stop what is on it and make it anew:',
      '  docker network rm proxy',
      '  docker network create --subnet 172.20.0.0/24 --ip-range 172.20.0.128/25 proxy',
    ]);
    expect(before.fragment).toBe(`services:
  traefik:
    networks:
      proxy:
        ipv4_address: 172.20.0.2
  app:
    environment:
      TRUSTED_PROXIES: 172.20.0.2
`);
    expect(after).toMatchObject({ code: 0, findings: [], steps: [], fragment: undefined });
  });

  const service = (name: string, networks: string, list = ''): string =>
    `  ${name}:\n    image: ${name}\n${list === '' ? '' : `    environment: { TRUSTED_PROXIES: '${list}' }\n`}    networks: ${networks}\n`;
  const file = (proxy: string, app: string, networks: string, list = '10.1.2.3', name = 'caddy') =>
    `services:\n${service(name, proxy)}${service('app', app, list)}${service('db', app)}networks: ${networks}\n`;

  it.each<[why: string, text: string, expected: unknown, left?: readonly string[]]>([
    [
      'a network of the file without a subnet takes the address that is listed',
      file('[edge]', '[edge]', '{ edge: {} }', '172.20.0.2'),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '172.20.0.2' } } },
          app: { environment: { TRUSTED_PROXIES: '172.20.0.2' } },
        },
        networks: {
          edge: { ipam: { config: [{ subnet: '172.20.0.0/24', ip_range: '172.20.0.128/25' }] } },
        },
      },
    ],
    [
      'a network that is external under another name',
      file('[default]', '[default]', '{ default: { external: true, name: web } }', '172.16.0.0/12'),
      {
        services: {
          caddy: { networks: { default: { ipv4_address: '10.213.7.2' } } },
          app: { environment: { TRUSTED_PROXIES: '10.213.7.2' } },
        },
      },
    ],
    [
      'two shared networks get two subnets, none of which another network has',
      file(
        '[one, two]',
        '[one, two, three]',
        '{ one: {}, two: , three: { ipam: { config: [{ subnet: 10.213.7.128/25 }] } } }',
      ),
      {
        services: {
          caddy: {
            networks: { one: { ipv4_address: '10.213.8.2' }, two: { ipv4_address: '10.213.9.2' } },
          },
          app: { environment: { TRUSTED_PROXIES: '10.213.8.2,10.213.9.2' } },
        },
        networks: {
          one: { ipam: { config: [{ subnet: '10.213.8.0/24', ip_range: '10.213.8.128/25' }] } },
          two: { ipam: { config: [{ subnet: '10.213.9.0/24', ip_range: '10.213.9.128/25' }] } },
        },
      },
      ['medium several-shared-networks one, two'],
    ],
    [
      'of two shared networks Traefik is told the one with the fewest others',
      `name: shop\n${file('[edge, inner]', '[edge, inner]', '{ edge: {}, inner: {} }', '10.1.2.3', 'traefik')}`.replace(
        /(db:\n {4}image: db\n {4}networks: ).*/,
        '$1[edge]',
      ),
      {
        services: {
          traefik: { networks: { inner: { ipv4_address: '10.1.2.3' } } },
          app: {
            environment: { TRUSTED_PROXIES: '10.1.2.3' },
            labels: { 'traefik.docker.network': 'shop_inner' },
          },
        },
        networks: {
          inner: { ipam: { config: [{ subnet: '10.1.2.0/24', ip_range: '10.1.2.128/25' }] } },
        },
      },
    ],
    [
      'a dual-stack network gets both',
      file('[edge]', '[edge]', '{ edge: { enable_ipv6: true } }', '172.20.0.2'),
      {
        services: {
          caddy: {
            networks: { edge: { ipv4_address: '172.20.0.2', ipv6_address: 'fd13:213:7::2' } },
          },
          app: { environment: { TRUSTED_PROXIES: '172.20.0.2,fd13:213:7::2' } },
        },
        networks: {
          edge: {
            enable_ipv6: true,
            ipam: {
              config: [
                { subnet: '172.20.0.0/24', ip_range: '172.20.0.128/25' },
                { subnet: 'fd13:213:7::/64', ip_range: 'fd13:213:7::1:0/112' },
              ],
            },
          },
        },
      },
    ],
    [
      'a network of IPv6 alone stays one',
      file(
        '[edge]',
        '[edge]',
        '{ edge: { enable_ipv6: true, ipam: { config: [{ subnet: "fd00:30::/64" }] } } }',
      ),
      {
        services: {
          caddy: { networks: { edge: { ipv6_address: 'fd00:30::2' } } },
          app: { environment: { TRUSTED_PROXIES: 'fd00:30::2' } },
        },
        networks: {
          edge: {
            enable_ipv6: true,
            ipam: { config: [{ subnet: 'fd00:30::/64', ip_range: 'fd00:30::1:0/112' }] },
          },
        },
      },
    ],
    [
      'a network of IPv6 alone without a subnet stays one',
      file('[edge]', '[edge]', '{ edge: { enable_ipv4: false, enable_ipv6: true } }', 'fd00:30::9'),
      {
        services: {
          caddy: { networks: { edge: { ipv6_address: 'fd00:30::9' } } },
          app: { environment: { TRUSTED_PROXIES: 'fd00:30::9' } },
        },
        networks: {
          edge: {
            enable_ipv4: false,
            enable_ipv6: true,
            ipam: { config: [{ subnet: 'fd00:30::/64', ip_range: 'fd00:30::1:0/112' }] },
          },
        },
      },
    ],
    [
      'an address that is static already stays, and its network gets the subnet that Docker asks for',
      file('{ edge: { ipv4_address: 172.20.0.9 } }', '[edge]', '{ edge: {} }', '172.20.0.9'),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '172.20.0.9' } } },
          app: { environment: { TRUSTED_PROXIES: '172.20.0.9' } },
        },
        networks: {
          edge: { ipam: { config: [{ subnet: '172.20.0.0/24', ip_range: '172.20.0.128/25' }] } },
        },
      },
    ],
    [
      'an address outside of its subnet moves into it, past those that are taken',
      file(
        '{ edge: { ipv4_address: 10.9.9.9 } }',
        '{ edge: { ipv4_address: 10.1.2.2 } }',
        '{ edge: { ipam: { config: [{ subnet: 10.1.2.0/29 }] } } }',
        '10.9.9.9',
      ).replace(/db:[\s\S]*networks: .*\nnetworks/, 'db: { image: db }\nnetworks'),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '10.1.2.3' } } },
          app: { environment: { TRUSTED_PROXIES: '10.1.2.3' } },
        },
        networks: { edge: { ipam: { config: [{ subnet: '10.1.2.0/29' }] } } },
      },
    ],
    [
      'what a network has already is repeated, since some loaders replace it as a whole',
      file(
        '[edge]',
        '[edge]',
        '{ edge: { internal: true, driver_opts: { a: "x$$y" }, ipam: { driver: default, config: [{ subnet: 10.1.2.0/24, gateway: 10.1.2.254 }] } } }',
      ),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '10.1.2.3' } } },
          app: { environment: { TRUSTED_PROXIES: '10.1.2.3' } },
        },
        networks: {
          edge: {
            internal: true,
            driver_opts: { a: 'x$$y' },
            ipam: {
              driver: 'default',
              config: [{ subnet: '10.1.2.0/24', gateway: '10.1.2.254', ip_range: '10.1.2.128/25' }],
            },
          },
        },
      },
    ],
    [
      'a subnet in which no address is free gets another beside it',
      file(
        '[edge]',
        '[edge]',
        '{ edge: { ipam: { config: [{ subnet: 10.213.7.0/31 }] } } }',
        '172.16.0.0/12',
      ),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '10.213.8.2' } } },
          app: { environment: { TRUSTED_PROXIES: '10.213.8.2' } },
        },
        networks: {
          edge: {
            ipam: {
              config: [
                { subnet: '10.213.8.0/24', ip_range: '10.213.8.128/25' },
                { subnet: '10.213.7.0/31' },
              ],
            },
          },
        },
      },
    ],
    [
      'sockets of the list stay in it',
      file('[edge]', '[edge]', '{ edge: {} }', '172.20.0.2 unix:/run/app.sock'),
      {
        services: {
          caddy: { networks: { edge: { ipv4_address: '172.20.0.2' } } },
          app: { environment: { TRUSTED_PROXIES: '172.20.0.2,unix:/run/app.sock' } },
        },
        networks: {
          edge: { ipam: { config: [{ subnet: '172.20.0.0/24', ip_range: '172.20.0.128/25' }] } },
        },
      },
    ],
  ])('%s', async (_, text, expected, left = []) => {
    const [before, after] = await applied(text);
    expect(parse(before.fragment ?? '')).toEqual(expected);
    expect(after.findings).toEqual(left);
    expect(after.fragment).toBe(undefined);
  });

  it('is written for services, whatever their containers are called', async () => {
    const text = file('[edge]', '[edge]', '{ edge: {} }').replace(
      'image: caddy',
      'image: caddy\n    container_name: my-proxy',
    );
    const [before, after] = await applied(text, ['--proxy', 'my-proxy']);
    expect(Object.keys(parse(before.fragment ?? '').services)).toEqual(['caddy', 'app']);
    expect(after.findings).toEqual([]);
  });
});
