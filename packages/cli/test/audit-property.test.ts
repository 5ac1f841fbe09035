import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { overlaps, parseSubnet } from '../src/audit/subnet.js';
import { auditFiles } from './audit-run.js';

const SUBNETS = ['172.20.0.0/24', '172.21.0.0/29', '10.213.7.0/24', '10.0.0.0/31', 'fd00:30::/64'];
const ADDRESSES = [
  '172.20.0.2',
  '172.20.0.1',
  '172.21.0.3',
  '10.213.7.2',
  'fd00:30::2',
  'fd00:30::1',
];
const ENTRIES = [
  ...ADDRESSES,
  '172.20.0.0/24',
  '127.0.0.1',
  '10.1.2.3',
  'unix:/run/a.sock',
  '8.8.8.8',
  'x',
];

const network = fc.oneof(
  fc.constantFrom(
    { external: true },
    { external: true, name: 'web' },
    {},
    { internal: true },
    { enable_ipv6: true },
  ),
  fc.constantFrom({ enable_ipv4: false, enable_ipv6: true }),
  fc
    .uniqueArray(fc.constantFrom(...SUBNETS), {
      minLength: 1,
      maxLength: 2,
      selector: (s) => s.includes(':'),
    })
    .map((subnets) => ({
      ...(subnets.some((s) => s.includes(':')) && { enable_ipv6: true }),
      ipam: { config: subnets.map((subnet) => ({ subnet })) },
    })),
);
const place = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...ADDRESSES).map((address) => ({
    [address.includes(':') ? 'ipv6_address' : 'ipv4_address']: address,
  })),
);
const places = fc.dictionary(fc.constantFrom('a', 'b'), place, { minKeys: 1 });
const list = fc
  .array(fc.constantFrom(...ENTRIES), { maxLength: 3 })
  .map((entries) => entries.join(','));

const deployment = fc
  .record({
    proxy: fc.constantFrom('caddy', 'traefik'),
    a: network,
    b: network,
    proxyOn: places,
    appOn: places,
    dbOn: places,
    list,
  })
  .filter(({ a, b }) => overlapping({ a, b }).length === 0)
  .map(({ proxy, a, b, proxyOn, appOn, dbOn, list: value }) => ({
    name: 'shop',
    services: {
      [proxy]: { image: proxy, networks: proxyOn },
      app: { image: 'shop', environment: { TRUSTED_PROXIES: value }, networks: appOn },
      db: { image: 'db', networks: dbOn },
    },
    networks: { a, b: 'name' in a && 'name' in b ? {} : b },
  }));

/** What no address and no list can mend: the networks that both are on. */
function mendable(findings: readonly string[]): string[] {
  const isSeveral = findings.some((one) => one.startsWith('medium several-shared-networks'));
  return findings.filter(
    (one) =>
      !/several-shared-networks|no-shared-network/.test(one) &&
      !(isSeveral && one.startsWith('medium proxy-not-listed')),
  );
}

describe('the advice of the audit, whatever the file', () => {
  it('mends all that an address and a list can mend, and stays inside the file', async () => {
    await fc.assert(
      fc.asyncProperty(deployment, async (file) => {
        const text = JSON.stringify(file);
        const before = await auditFiles(text);
        if (before.fragment === undefined) {
          expect(before.shared.length > 0 ? mendable(before.findings) : []).toEqual([]);
          return;
        }
        const advice = parse(before.fragment);
        const after = await auditFiles({ 'c.yaml': text, 'advice.yaml': before.fragment });
        expect(mendable(after.findings)).toEqual([]);
        expect(after.fragment).toBe(undefined);
        // No names that the file does not have, no ipam where others make the network.
        const { services, networks } = file;
        expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(advice.services)));
        for (const [key, { ipam }] of Object.entries<{ ipam?: unknown }>(advice.networks ?? {})) {
          expect(Object.entries(networks).find(([name]) => name === key)?.[1]).not.toHaveProperty(
            'external',
          );
          expect(ipam).toBeDefined();
        }
        expect(overlapping(advice.networks ?? {})).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('never passes over an entry that the proxy does not explain', async () => {
    const hosts = fc.constantFrom([], ['--proxy', 'host']);
    await fc.assert(
      fc.asyncProperty(deployment, hosts, async (file, args) => {
        const { findings, shared } = await auditFiles(JSON.stringify(file), [
          '--app',
          'app',
          ...args,
        ]);
        const own = new Set(shared.flatMap(({ address, ipv6 }) => [address, ipv6]));
        const entries = file.services.app.environment.TRUSTED_PROXIES.split(',');
        // Where Docker chooses an address, an entry may be it; that is a finding then.
        fc.pre(
          shared.length > 0 && shared.every(({ address }) => address) && !entries.includes('x'),
        );
        fc.pre(shared.every(({ isStatic }) => isStatic));
        for (const entry of entries.filter((one) => /^[\da-f.:/]+$/.test(one) && !own.has(one))) {
          expect(findings).toContainEqual(
            expect.stringMatching(new RegExp(`^high \\S+ ${entry}$`)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Pairs of subnets of different networks that have an address in common. */
function overlapping(networks: Readonly<Record<string, object>>): string[] {
  const all = Object.entries(networks).flatMap(([name, network]) =>
    configsOf(network).map(({ subnet }) => ({ name, subnet })),
  );
  return all.flatMap(({ name, subnet }, i) =>
    all.slice(i + 1).flatMap((other) => {
      const [one, two] = [parseSubnet(subnet), parseSubnet(other.subnet)];
      const isPair = name !== other.name && one && two && overlaps(one, two);
      return isPair ? [`${subnet} ${other.subnet}`] : [];
    }),
  );
}

function configsOf(network: { ipam?: { config: { subnet: string }[] } }): { subnet: string }[] {
  return network.ipam?.config ?? [];
}
