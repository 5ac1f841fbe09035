import { describe, expect, it } from '@jest/globals';
import { auditFiles, auditInspected } from './audit-run.js';
import { runCli } from './fake-io.js';

/** The proxy and the application on a network of their own; `other` is somebody else. */
const compose = ({ list = 'dns:traefik', networks = '[proxy]', other = '', scale = '' }) => `
services:
  traefik:
    image: traefik:3
    container_name: edge-traefik
    networks: { web: {}, proxy: { aliases: [front] } }
${scale}
  app:
    image: shop
    environment: { TRUSTED_PROXIES: '${list}' }
    networks: [proxy]
  other:
    image: postgres
    networks: ${networks}
${other}
networks: { web: {}, proxy: {} }
`;

describe('audit: entries that somebody else keeps (L1)', () => {
  it.each<[why: string, change: Parameters<typeof compose>[0], findings: string[]]>([
    ['the proxy’s name, on a network with nobody else', { networks: '[web]' }, []],
    ['in whatever case', { networks: '[web]', list: 'dns:TRAEFIK' }, []],
    ['by its container’s name', { networks: '[web]', list: 'dns:edge-traefik' }, []],
    ['by an alias on that network', { networks: '[web]', list: 'dns:front' }, []],
    [
      'however many it is: a name stands for all of them',
      { networks: '[web]', scale: '    scale: 3' },
      [],
    ],
    ['a network with others, who can take the name', {}, ['medium dns-name dns:traefik']],
    [
      'another container’s name',
      { list: 'dns:other' },
      ['medium dns-name dns:other', 'high other-container dns:other'],
    ],
    [
      'a name that somebody else has taken as well',
      { networks: '{ proxy: { aliases: [traefik] } }' },
      ['medium dns-name dns:traefik', 'high other-container dns:traefik'],
    ],
    [
      'nobody’s name',
      { list: 'dns:traefick' },
      ['medium dns-name dns:traefick', 'high unexplained-entry dns:traefick'],
    ],
    ['a file, which is not here', { list: 'file:/run/list' }, ['low list-file file:/run/list']],
    [
      'a provider’s ranges',
      { list: 'https://www.cloudflare.com/ips-v4' },
      ['high provider-ranges https://www.cloudflare.com/ips-v4'],
    ],
  ])('%s', async (_, change, expected) => {
    const { findings } = await auditFiles(compose(change));
    const about = findings.filter(
      (finding) => !/ (?:address-not-static|several-replicas|proxy-not-listed) /.test(finding),
    );
    expect(about).toEqual(expected);
  });

  it('says from whom to take the proxy’s own name, and not to write what is written', async () => {
    const file = compose({ networks: '{ proxy: { aliases: [traefik] } }' });
    const { out } = await runCli(['audit', '--compose', 'c.yaml'], {
      files: { 'c.yaml': file },
    });
    expect(out).toContain(
      'dns:traefik is a name of other, not the proxy: whatever runs there can be anyone; take the name traefik away from other',
    );
  });

  it('asks for no static address of a proxy that is listed by its name', async () => {
    const { code, findings, fragment } = await auditFiles(compose({ networks: '[web]' }));
    expect([code, findings, fragment]).toEqual([0, [], undefined]);
  });

  it('knows the names that docker inspect prints', async () => {
    const container = (Name: string, Image: string, names: object, Env: string[] = []) => ({
      Name,
      Config: { Image, Env },
      NetworkSettings: { Networks: { proxy: { IPAddress: '172.20.0.2', ...names } } },
    });
    const { findings } = await auditInspected([
      container('/traefik', 'traefik:3', { DNSNames: ['traefik', 'front'] }),
      container('/app', 'shop', { IPAddress: '172.20.0.3', Aliases: ['app'] }, [
        'TRUSTED_PROXIES=dns:front',
      ]),
    ]);
    expect(findings).toEqual([]);
  });

  it('judges a list by itself, and check takes it: nobody is looked up there', async () => {
    const listed = await runCli(['audit', 'dns:traefik,file:/run/list']);
    expect([listed.code, listed.out]).toEqual([
      0,
      expect.stringContaining('dns:traefik is whoever has that name'),
    ]);
    const checked = await runCli(
      [
        'check',
        '--trusted-proxies',
        'dns:traefik',
        '--peer',
        '172.20.0.2',
        '--header',
        'Remote-User: a',
      ],
      {},
    );
    expect(checked.out + checked.err).toContain('dns:traefik is watched by nobody');
  });
});
