import { expect, it } from '@jest/globals';
import { auditFiles } from './audit-run.js';

const file = (ipam: string, more = ''): Record<string, string> => ({
  'a.yaml': `services:
  traefik: { image: traefik, networks: { web: { ipv4_address: 172.27.0.9 } } }
  app: { image: shop, environment: { TRUSTED_PROXIES: 172.27.0.9 }, networks: [web] }
  ${more}
networks: { web: { ipam: { config: [{ subnet: 172.27.0.0/24, ${ipam} }] } } }
`,
});

it('finds that Docker gives nobody an address which the network keeps back', async () => {
  const kept = await auditFiles(file('aux_addresses: { printer: 172.27.0.9 }'));
  expect(kept.findings).toEqual(['high address-impossible 172.27.0.9']);
  const other = await auditFiles(file('aux_addresses: { printer: 172.27.0.8 }'));
  expect(other.findings).toEqual([]);
});

it('says nothing of a service with the same address that starts only when its profile is asked for', async () => {
  const same = 'image: x, networks: { web: { ipv4_address: 172.27.0.9 } }';
  const ipam = 'ip_range: 172.27.0.128/25';
  expect((await auditFiles(file(ipam, `old: { ${same}, profiles: [old] }`))).findings).toEqual([]);
  expect((await auditFiles(file(ipam, `old: { ${same} }`))).findings).toContain(
    'high address-impossible 172.27.0.9',
  );
});
