import { describe, expect, it } from '@jest/globals';
import { runCli } from './fake-io.js';

/** caddy is 172.20.0.2 on edge, db 172.20.0.3 and 172.30.0.3; the application is on edge and on inner. */
const file = ({
  list = '172.20.0.2',
  edge = 'subnet: 172.20.0.0/24',
  caddy = '{ ipv4_address: 172.20.0.2 }',
  app = '',
}): string => `
services:
  caddy:
    image: caddy:2
    networks: { edge: ${caddy} }
  app:
    image: shop
    environment: { TRUSTED_PROXIES: '${list}' }
    networks: { edge: { ipv4_address: 172.20.0.9 }, inner: {} }
${app}
  db:
    image: postgres
    networks: { edge: { ipv4_address: 172.20.0.3 }, inner: { ipv4_address: 172.30.0.3 } }
networks:
  edge: { ipam: { config: [{ ${edge} }] } }
  inner: { ipam: { config: [{ subnet: 172.30.0.0/24 }] } }
`;

const audit = async (text: string) => {
  const { code, out } = await runCli(['audit', '--compose', 'c.yaml', '--json'], {
    files: { 'c.yaml': text },
  });
  const { findings } = JSON.parse(out);
  return {
    code,
    findings: findings.map(
      ({ severity, code: name, subject }: Record<string, string>) =>
        `${severity} ${name} ${subject}`,
    ),
    sentences: findings.map(
      ({ subject, why, instead }: Record<string, string>) => `${subject} ${why}; ${instead}`,
    ),
  };
};

describe('audit: every entry is explained by the proxy', () => {
  it.each<[why: string, change: Parameters<typeof file>[0], findings: string[]]>([
    ['the proxy alone', {}, []],
    ['the proxy, mapped', { list: '::ffff:172.20.0.2' }, []],
    ['the proxy, as a block of one', { list: '172.20.0.2/32' }, []],
    [
      'the database and the bridge’s own address, which nobody spells out',
      { list: '172.20.0.2,172.20.0.3,172.20.0.1' },
      ['high other-container 172.20.0.3', 'high gateway-trusted 172.20.0.1'],
    ],
    [
      'a container’s address on a network that the proxy is not on',
      { list: '172.20.0.2 172.30.0.3' },
      ['high other-container 172.30.0.3'],
    ],
    [
      'the application’s own address',
      { list: '172.20.0.2 172.20.0.9' },
      ['high other-container 172.20.0.9'],
    ],
    [
      'the gateway of a network that the proxy is not on',
      { list: '172.20.0.2 172.30.0.1' },
      ['high gateway-trusted 172.30.0.1'],
    ],
    [
      'nobody: whoever gets the address next',
      { list: '172.20.0.2 172.20.0.77' },
      ['high unexplained-entry 172.20.0.77'],
    ],
    ['nobody on any network', { list: '172.20.0.2 10.1.2.3' }, ['high unexplained-entry 10.1.2.3']],
    [
      'loopback, from which no other container comes',
      { list: '172.20.0.2 127.0.0.1' },
      ['medium loopback 127.0.0.1', 'high unexplained-entry 127.0.0.1'],
    ],
    [
      'a gateway that is known without a file, once',
      { list: '172.20.0.2 10.0.2.100' },
      ['high gateway 10.0.2.100'],
    ],
    [
      'a gateway that the file moves elsewhere',
      { list: '172.20.0.2 172.20.0.254', edge: 'subnet: 172.20.0.0/24, gateway: 172.20.0.254' },
      ['high gateway-trusted 172.20.0.254'],
    ],
    [
      'the first address, where it is the proxy’s and the gateway is another',
      {
        list: '172.20.0.1',
        edge: 'subnet: 172.20.0.0/24, gateway: 172.20.0.254',
        caddy: '{ ipv4_address: 172.20.0.1 }',
      },
      [],
    ],
    [
      'a whole network: said once, with the gateway in it',
      { list: '172.20.0.0/24' },
      ['high private-block 172.20.0.0/24', 'high gateway-trusted 172.20.0.1'],
    ],
    [
      'addresses that a proxy without one may get, and one that it cannot',
      { list: '172.20.0.77 10.1.2.3', caddy: '{}' },
      ['high unexplained-entry 10.1.2.3', 'high address-not-static caddy'],
    ],
    ['a socket, which no address explains', { list: '172.20.0.2 unix:/run/a.sock' }, []],
  ])('%s', async (_, change, findings) => {
    const audited = await audit(file(change));
    expect(audited.findings).toEqual(findings);
    expect(audited.code).toBe(findings.some((line) => line.startsWith('high')) ? 1 : 0);
  });

  it('says whose an entry is, and what to write instead', async () => {
    const list = '172.20.0.2,172.20.0.3,172.20.0.1,172.20.0.77';
    expect((await audit(file({ list }))).sentences).toEqual([
      '172.20.0.3 is db on edge, not the proxy: whatever runs there can be anyone; set TRUSTED_PROXIES=172.20.0.2',
      '172.20.0.1 is the gateway of edge: processes of the machine come from it, and so may clients of a published port; set TRUSTED_PROXIES=172.20.0.2',
      '172.20.0.77 is nobody’s address here: whoever gets it can be anyone; set TRUSTED_PROXIES=172.20.0.2',
    ]);
  });

  it('sees another container in docker inspect', async () => {
    const container = (Name: string, Image: string, IPAddress: string, Env: string[] = []) => ({
      Name,
      Config: { Image, Env },
      NetworkSettings: {
        Networks: {
          edge: {
            IPAMConfig: { IPv4Address: IPAddress },
            IPAddress,
            IPPrefixLen: 24,
            Gateway: '',
          },
        },
        Ports: {
          '3000/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }],
          '53/udp': [{}],
          '9/tcp': null,
        },
      },
    });
    const { code, out } = await runCli(['audit', '--app', 'app', '--json'], {
      files: {
        '-': JSON.stringify([
          container('caddy', 'caddy', '172.20.0.2'),
          container('db', 'postgres', '172.20.0.3'),
          container('app', 'shop', '172.20.0.9', [
            'TRUSTED_PROXIES=172.20.0.2,172.20.0.3,172.20.0.1',
          ]),
        ]),
      },
    });
    expect(code).toBe(1);
    expect(
      JSON.parse(out).findings.map(({ code: name, subject }: Record<string, string>) => [
        name,
        subject,
      ]),
    ).toEqual([
      ['other-container', '172.20.0.3'],
      ['gateway-trusted', '172.20.0.1'],
      ['port-published', '8080:3000'],
    ]);
  });
});

describe('audit: published ports of the application', () => {
  it.each<[ports: string, subjects: string[]]>([
    ["['8080:3000']", ['8080:3000']],
    ["['127.0.0.1:8080:3000']", ['127.0.0.1:8080:3000']],
    ['[3000]', ['3000']],
    ["['3000', '8443:3443/tcp']", ['3000', '8443:3443/tcp']],
    ['[{ target: 3000, published: 8080 }]', ['8080:3000']],
    [
      "[{ target: 3000, published: '8080', host_ip: 127.0.0.1, protocol: tcp }]",
      ['127.0.0.1:8080:3000'],
    ],
    ['[{ target: 3000 }]', ['3000']],
    ["['53:53/udp', { target: 53, protocol: udp }]", []],
    ['[]', []],
  ])('%s', async (ports, subjects) => {
    const { code, findings } = await audit(file({ app: `    ports: ${ports}` }));
    expect(findings).toEqual(subjects.map((subject) => `medium port-published ${subject}`));
    expect(code).toBe(0);
  });

  it('are severe where the gateway is trusted', async () => {
    const { findings, sentences } = await audit(
      file({ list: '172.20.0.2,172.20.0.1', app: "    ports: ['8080:3000']" }),
    );
    expect(findings).toEqual(['high gateway-trusted 172.20.0.1', 'high port-published 8080:3000']);
    expect(sentences[1]).toBe(
      '8080:3000 is a published port of app: whoever connects to it goes round the proxy, and may arrive from the gateway; publish the proxy’s ports only',
    );
  });

  it('are nothing to say where the port is the proxy’s', async () => {
    const text = file({}).replace('image: caddy:2', "image: caddy:2\n    ports: ['443:443']");
    expect((await audit(text)).findings).toEqual([]);
  });
});
