import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const BIN = fileURLToPath(new URL('../../../packages/cli/dist/bin.js', import.meta.url));

/** A proxy and an application on the networks given, and what their file says of these. */
const file = (
  networks: string,
  { proxy = 'caddy', on = '[edge]', more = '', list = '172.20.0.2' } = {},
): string => `
services:
  ${proxy}:
    image: ${proxy}
    networks: ${on}
    ${more}
  app:
    image: shop
    environment: ["LANG=de", "TRUSTED_PROXIES=${list}"]
    networks: ${on}
networks: ${networks}
`;

const CASES: readonly [why: string, text: string, left?: readonly string[]][] = [
  ['an external network', file('{ edge: { external: true } }')],
  [
    'a default network that is external under another name',
    file('{ default: { external: true, name: web } }', { on: '[default]' }),
  ],
  ['a network of the file', file('{ edge: {} }')],
  ['a network without a definition', file('{ edge: }', { list: '172.16.0.0/12' })],
  [
    'a network with settings of its own',
    file(
      '{ edge: { internal: true, driver: bridge, driver_opts: { a: "x$$y" }, labels: [a=b], ipam: { config: [{ subnet: 10.1.2.0/24, gateway: 10.1.2.254 }] } } }',
      { list: '10.1.2.3' },
    ),
  ],
  [
    'a network of IPv6 alone',
    file('{ edge: { enable_ipv6: true, ipam: { config: [{ subnet: "fd00:30::/64" }] } } }'),
  ],
  ['a dual-stack network', file('{ edge: { enable_ipv6: true } }')],
  [
    'a static address without a subnet',
    file('{ edge: {} }', { on: '{ edge: { ipv4_address: 172.20.0.2 } }' }).replace(
      /(image: shop\n.*\n {4}networks: ).*/,
      '$1[edge]',
    ),
  ],
  [
    'a container with a name of its own',
    file('{ edge: {} }', { more: 'container_name: my-proxy' }),
  ],
  [
    'two networks and Traefik',
    file('{ one: { name: web }, two: { name: inner } }', {
      proxy: 'traefik',
      on: '[one, two]',
      more: 'labels: { a: b }',
    }),
  ],
  ['two networks', file('{ one: {}, two: {} }', { on: '[one, two]' }), ['several-shared-networks']],
];

type Command = readonly [program: string, args: readonly string[]];

/** Debian's docker-compose; and the loader of today's, where `COMPOSE_GO` is the path of compose-go's `cmd`. */
const { COMPOSE_GO: composeGo } = process.env;
const LOADERS: [name: string, command: (files: readonly string[]) => Command][] = [
  [
    'docker-compose',
    (files) => ['docker-compose', [...files.flatMap((path) => ['-f', path]), 'config']],
  ],
];
if (composeGo !== undefined) LOADERS.push(['compose-go', (files) => [composeGo, files]]);

describe.each(LOADERS)('what the audit prints, merged with its input by %s', (_, command) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'trusted-header-audit-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const audit = (...files: string[]) => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [BIN, 'audit', '--json', ...files.flatMap((path) => ['--compose', path])],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };
  const config = (...files: string[]) => {
    const [program, args] = command(files);
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };

  it.each(CASES)('%s', (_why, text, left = []) => {
    const input = write('compose.yaml', text);
    const before = audit(input);
    expect(before.fragment).toBeDefined();
    const advice = write('advice.yaml', before.fragment);
    const merged = config(input, advice);
    const codes = (result: { findings: { code: string }[] }) =>
      result.findings.map(({ code }) => code);
    expect(codes(before)).not.toEqual(left);
    expect(codes(audit(input, advice))).toEqual(left);
    expect(codes(audit(write('merged.yaml', merged)))).toEqual(left);
    keepsItsNetworks(parse(config(input)), parse(merged));
  });
});

/** Nothing of the input is lost but what is new: `internal` above all. */
function keepsItsNetworks(
  input: { networks: Record<string, object> },
  merged: { networks: Record<string, object> },
): void {
  for (const [name, network] of Object.entries(input.networks)) {
    const { ipam: _, ...rest } = Object.fromEntries(Object.entries(network));
    expect(merged.networks[name]).toMatchObject(rest);
  }
}
